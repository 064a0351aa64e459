#include "include/penstock_kernels.h"

/// Copies a row of the window: the length along this axis does not change.
static void copy_row(const penstock_axis *axis, const uint8_t *row, uint8_t *out) {
    __builtin_memcpy(out, row + 3 * (size_t)axis->first, 3 * (size_t)axis->count);
}

static void pick_row(const penstock_axis *axis, const uint8_t *row, uint8_t *out) {
    for (int32_t i = 0; i < axis->count; i++, out += 3) {
        const uint8_t *pixel = row + 3 * (size_t)axis->starts[i];
        out[0] = pixel[0];
        out[1] = pixel[1];
        out[2] = pixel[2];
    }
}

void penstock_resample_rows(
    const penstock_kernels *kernels, const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count,
    uint8_t *out, ptrdiff_t out_stride) {
    if (axis->kind == PENSTOCK_AXIS_CONVOLVE) {
        kernels->convolve_rows(axis, rows, stride, count, out, out_stride);
        return;
    }
    for (int32_t y = 0; y < count; y++, rows += stride, out += out_stride) {
        if (axis->kind == PENSTOCK_AXIS_COPY) copy_row(axis, rows, out);
        else pick_row(axis, rows, out);
    }
}

void penstock_resample_columns(
    const penstock_kernels *kernels, const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride,
    int32_t first, int32_t bytes, uint8_t *out) {
    if (axis->kind == PENSTOCK_AXIS_CONVOLVE) {
        kernels->convolve_columns(axis, index, rows, stride, first, bytes, out);
    } else {
        __builtin_memcpy(out, rows + (axis->starts[index] - first) * stride, (size_t)bytes);
    }
}
