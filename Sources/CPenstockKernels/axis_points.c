#include "axis_parts.h"

// Positions decide which pixel is read: they must round the same everywhere.
#pragma STDC FP_CONTRACT OFF

void penstock_axis_fill_copy(const penstock_axis *axis, int32_t *starts, int32_t *lengths) {
    for (int32_t i = 0; i < axis->count; i++) {
        starts[i] = axis->first + i;
        lengths[i] = 1;
    }
}

void penstock_axis_fill_nearest(const penstock_axis *axis, int32_t *starts, int32_t *lengths) {
    const double step = (double)axis->source / axis->resized;
    double position = step * 0.5;
    // Pillow adds the step again and again, and so accumulates its rounding errors: a product would differ.
    for (int32_t i = 0; i < axis->first + axis->count; i++) {
        if (i >= axis->first) {
            const int32_t nearest = (int32_t)position;
            starts[i - axis->first] = nearest < axis->source ? nearest : axis->source - 1;
            lengths[i - axis->first] = 1;
        }
        position += step;
    }
}

/// `x` times 2048 as an integer, half to even; 0 <= x <= 1.
static int32_t linear_weight(float x) {
    const float scaled = x * (float)(1 << PENSTOCK_LINEAR_BITS);
    const int32_t whole = (int32_t)scaled;
    const float rest = scaled - (float)whole;
    if (rest > 0.5f || (rest == 0.5f && (whole & 1))) return whole + 1;
    return whole;
}

void penstock_axis_fill_linear(const penstock_axis *axis, int32_t *starts, int32_t *lengths, int32_t *weights) {
    // OpenCV inverts the ratio twice.
    const double scale = 1.0 / ((double)axis->resized / axis->source);
    for (int32_t i = 0; i < axis->count; i++) {
        const float position = (float)((axis->first + i + 0.5) * scale - 0.5);
        int32_t start = (int32_t)position;
        if ((float)start > position) start -= 1;
        const float rest = position - (float)start;
        starts[i] = start;
        lengths[i] = 2;
        weights[2 * i] = linear_weight(1.0f - rest);
        weights[2 * i + 1] = linear_weight(rest);
    }
}
