#include "sine.h"

// Fused operations would round differently from machine to machine.
#pragma STDC FP_CONTRACT OFF

// A quarter turn in two parts; multiples of the first, of 33 bits, are exact.
static const double quarter_high = 0x1.921fb544p+0;
static const double quarter_low = 0x1.0b4611a626331p-34;
static const double quarters_in_one = 0x1.45f306dc9c883p-1;

/// The Taylor series of sine, within half an eighth of a turn.
static double sine_near_zero(double x) {
    const double z = x * x;
    double sum = 1.0 / 355687428096000.0;
    sum = sum * z - 1.0 / 1307674368000.0;
    sum = sum * z + 1.0 / 6227020800.0;
    sum = sum * z - 1.0 / 39916800.0;
    sum = sum * z + 1.0 / 362880.0;
    sum = sum * z - 1.0 / 5040.0;
    sum = sum * z + 1.0 / 120.0;
    sum = sum * z - 1.0 / 6.0;
    return x + x * (z * sum);
}

/// The Taylor series of cosine, within half an eighth of a turn.
static double cosine_near_zero(double x) {
    const double z = x * x;
    double sum = -1.0 / 6402373705728000.0;
    sum = sum * z + 1.0 / 20922789888000.0;
    sum = sum * z - 1.0 / 87178291200.0;
    sum = sum * z + 1.0 / 479001600.0;
    sum = sum * z - 1.0 / 3628800.0;
    sum = sum * z + 1.0 / 40320.0;
    sum = sum * z - 1.0 / 720.0;
    sum = sum * z + 1.0 / 24.0;
    const double half = 0.5 * z;
    const double rest = z * z * sum;
    const double whole = 1.0 - half;
    return whole + (((1.0 - whole) - half) + rest);
}

/// The sine of `x` plus `ahead` quarter turns.
static double sine_ahead(double x, int ahead) {
    const int quarters = (int)(x * quarters_in_one + 0.5);
    const double rest = (x - quarters * quarter_high) - quarters * quarter_low;
    switch ((quarters + ahead) & 3) {
    case 0: return sine_near_zero(rest);
    case 1: return cosine_near_zero(rest);
    case 2: return -sine_near_zero(rest);
    default: return -cosine_near_zero(rest);
    }
}

double penstock_sine(double x) { return sine_ahead(x, 0); }

double penstock_cosine(double x) { return sine_ahead(x, 1); }
