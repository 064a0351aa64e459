#include "convolve_scalar.h"

enum { half = 1 << (PENSTOCK_CONVOLUTION_BITS - 1), columns_at_once = 64 };

/// A sum in fixed point as an 8-bit sample: rounded half up, and clamped.
static uint8_t sample(int32_t sum) {
    const int32_t value = sum >> PENSTOCK_CONVOLUTION_BITS;
    if (value < 0) return 0;
    return value > 255 ? 255 : (uint8_t)value;
}

static void convolve_row(const penstock_axis *axis, const uint8_t *row, uint8_t *out) {
    for (int32_t i = 0; i < axis->count; i++) {
        const int32_t *weights = axis->weights + (size_t)i * (size_t)axis->taps;
        const uint8_t *pixel = row + 3 * (size_t)axis->starts[i];
        int32_t red = half, green = half, blue = half;
        for (int32_t tap = 0; tap < axis->lengths[i]; tap++, pixel += 3) {
            red += pixel[0] * weights[tap];
            green += pixel[1] * weights[tap];
            blue += pixel[2] * weights[tap];
        }
        *out++ = sample(red);
        *out++ = sample(green);
        *out++ = sample(blue);
    }
}

void penstock_convolve_rows_scalar(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out,
    ptrdiff_t out_stride) {
    for (int32_t y = 0; y < count; y++) convolve_row(axis, rows + y * stride, out + y * out_stride);
}

void penstock_convolve_columns_scalar(
    const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride, int32_t first, int32_t bytes,
    uint8_t *out) {
    const int32_t *weights = axis->weights + (size_t)index * (size_t)axis->taps;
    const uint8_t *top = rows + (axis->starts[index] - first) * stride;
    for (int32_t x = 0; x < bytes; x += columns_at_once) {
        const int32_t columns = bytes - x < columns_at_once ? bytes - x : columns_at_once;
        int32_t sums[columns_at_once];
        for (int32_t i = 0; i < columns; i++) sums[i] = half;
        for (int32_t tap = 0; tap < axis->lengths[index]; tap++) {
            const uint8_t *row = top + tap * stride + x;
            const int32_t weight = weights[tap];
            for (int32_t i = 0; i < columns; i++) sums[i] += row[i] * weight;
        }
        for (int32_t i = 0; i < columns; i++) out[x + i] = sample(sums[i]);
    }
}
