#include "filters.h"

#include "sine.h"

// The products and sums are rounded one by one, as in the builds of Pillow.
#pragma STDC FP_CONTRACT OFF

static const double pi = 0x1.921fb54442d18p+1;

static double box(double x) { return x > -0.5 && x <= 0.5 ? 1.0 : 0.0; }

static double bilinear(double x) {
    if (x < 0.0) x = -x;
    return x < 1.0 ? 1.0 - x : 0.0;
}

static double hamming(double x) {
    if (x < 0.0) x = -x;
    if (x == 0.0) return 1.0;
    if (x >= 1.0) return 0.0;
    x = x * pi;
    // The window's constants are of single precision in Pillow too.
    return penstock_sine(x) / x * ((double)0.54f + (double)0.46f * penstock_cosine(x));
}

static double bicubic(double x) {
    const double a = -0.5;
    if (x < 0.0) x = -x;
    if (x < 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
    if (x < 2.0) return (((x - 5) * x + 8) * x - 4) * a;
    return 0.0;
}

static double sinc(double x) {
    if (x < 0.0) x = -x;
    if (x == 0.0) return 1.0;
    x = x * pi;
    return penstock_sine(x) / x;
}

static double lanczos(double x) {
    return x >= -3.0 && x < 3.0 ? sinc(x) * sinc(x / 3) : 0.0;
}

double penstock_filter_support(penstock_filter filter) {
    switch (filter) {
    case PENSTOCK_FILTER_BOX: return 0.5;
    case PENSTOCK_FILTER_BICUBIC: return 2.0;
    case PENSTOCK_FILTER_LANCZOS: return 3.0;
    default: return 1.0;
    }
}

double penstock_filter_value(penstock_filter filter, double x) {
    switch (filter) {
    case PENSTOCK_FILTER_BOX: return box(x);
    case PENSTOCK_FILTER_HAMMING: return hamming(x);
    case PENSTOCK_FILTER_BICUBIC: return bicubic(x);
    case PENSTOCK_FILTER_LANCZOS: return lanczos(x);
    default: return bilinear(x);
    }
}
