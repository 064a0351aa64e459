/// Pillow's convolution passes over 8-bit samples, in plain C: the reference for every fast variant.
#ifndef PENSTOCK_CONVOLVE_SCALAR_H
#define PENSTOCK_CONVOLVE_SCALAR_H

#include "include/penstock_axis.h"

void penstock_convolve_rows_scalar(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out,
    ptrdiff_t out_stride);

void penstock_convolve_columns_scalar(
    const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride, int32_t first, int32_t bytes,
    uint8_t *out);

#endif
