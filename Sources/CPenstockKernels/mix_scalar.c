#include "mix_scalar.h"

// The first pass makes samples of 8 + 11 bits and keeps the upper 15, which is what the second pass looks at.
enum { dropped_bits = 4 };

static int32_t clamped(int32_t position, int32_t source) {
    if (position < 0) return 0;
    return position < source ? position : source - 1;
}

void penstock_mix_outputs_scalar(
    const penstock_axis *axis, const uint8_t *row, int32_t first, int32_t end, uint16_t *out) {
    out += 3 * first;
    for (int32_t i = first; i < end; i++) {
        const uint8_t *left = row + 3 * (size_t)clamped(axis->starts[i], axis->source);
        const uint8_t *right = row + 3 * (size_t)clamped(axis->starts[i] + 1, axis->source);
        const int32_t *weights = axis->weights + 2 * (size_t)i;
        // Beyond the border OpenCV drops the weights, which may not add up to one exactly.
        const int32_t left_weight = left == right ? 1 << PENSTOCK_LINEAR_BITS : weights[0];
        const int32_t right_weight = left == right ? 0 : weights[1];
        for (int32_t channel = 0; channel < 3; channel++) {
            const int32_t sum = left[channel] * left_weight + right[channel] * right_weight;
            *out++ = (uint16_t)(sum >> dropped_bits);
        }
    }
}

void penstock_mix_rows_scalar(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint16_t *out,
    ptrdiff_t out_stride) {
    for (int32_t y = 0; y < count; y++) {
        uint16_t *to = (uint16_t *)(void *)((char *)out + y * out_stride);
        penstock_mix_outputs_scalar(axis, rows + y * stride, 0, axis->count, to);
    }
}

penstock_mixed_rows penstock_mixed_rows_of(
    const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first) {
    const int32_t start = axis->starts[index];
    const char *base = (const char *)rows;
    return (penstock_mixed_rows){
        .upper = (const void *)(base + (clamped(start, axis->source) - first) * stride),
        .lower = (const void *)(base + (clamped(start + 1, axis->source) - first) * stride),
        .upper_weight = (uint16_t)axis->weights[2 * index],
        .lower_weight = (uint16_t)axis->weights[2 * index + 1],
    };
}

void penstock_mix_columns_scalar(
    const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first, int32_t samples,
    uint8_t *out) {
    const penstock_mixed_rows mixed = penstock_mixed_rows_of(axis, index, rows, stride, first);
    for (int32_t i = 0; i < samples; i++) {
        // OpenCV drops 16 bits of each product by itself, then rounds the last two.
        const uint32_t upper = ((uint32_t)mixed.upper[i] * mixed.upper_weight) >> 16;
        const uint32_t lower = ((uint32_t)mixed.lower[i] * mixed.lower_weight) >> 16;
        out[i] = (uint8_t)((upper + lower + 2) >> 2);
    }
}
