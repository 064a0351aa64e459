#include "mix_scalar.h"

// The first pass makes samples of 8 + 11 bits and keeps the upper 15, which is what the second pass looks at.
enum { dropped_bits = 4 };

static int32_t clamped(int32_t position, int32_t source) {
    if (position < 0) return 0;
    return position < source ? position : source - 1;
}

static void mix_row(const penstock_axis *axis, const uint8_t *row, uint16_t *out) {
    for (int32_t i = 0; i < axis->count; i++) {
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
        mix_row(axis, rows + y * stride, (uint16_t *)(void *)((char *)out + y * out_stride));
    }
}

void penstock_mix_columns_scalar(
    const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first, int32_t samples,
    uint8_t *out) {
    const int32_t start = axis->starts[index];
    const char *base = (const char *)rows;
    const uint16_t *upper = (const void *)(base + (clamped(start, axis->source) - first) * stride);
    const uint16_t *lower = (const void *)(base + (clamped(start + 1, axis->source) - first) * stride);
    const uint32_t upper_weight = (uint32_t)axis->weights[2 * index];
    const uint32_t lower_weight = (uint32_t)axis->weights[2 * index + 1];
    for (int32_t i = 0; i < samples; i++) {
        // OpenCV drops 16 bits of each product by itself, then rounds the last two.
        const uint32_t sum = ((upper[i] * upper_weight) >> 16) + ((lower[i] * lower_weight) >> 16);
        out[i] = (uint8_t)((sum + 2) >> 2);
    }
}
