/// OpenCV's `INTER_LINEAR` passes over 8-bit samples, in plain C: the reference for every fast variant.
#ifndef PENSTOCK_MIX_SCALAR_H
#define PENSTOCK_MIX_SCALAR_H

#include "include/penstock_axis.h"

void penstock_mix_rows_scalar(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint16_t *out,
    ptrdiff_t out_stride);

void penstock_mix_columns_scalar(
    const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first, int32_t samples,
    uint8_t *out);

#endif
