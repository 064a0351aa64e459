/// OpenCV's `INTER_LINEAR` passes over 8-bit samples, in plain C: the reference for every fast variant.
#ifndef PENSTOCK_MIX_SCALAR_H
#define PENSTOCK_MIX_SCALAR_H

#include "include/penstock_axis.h"

void penstock_mix_rows_scalar(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint16_t *out,
    ptrdiff_t out_stride);

/// Mixes the outputs `first ..< end` of one row; `out` is the whole row's.
void penstock_mix_outputs_scalar(
    const penstock_axis *axis, const uint8_t *row, int32_t first, int32_t end, uint16_t *out);

/// The two rows that an output row mixes, and their weights.
typedef struct penstock_mixed_rows {
    const uint16_t *upper;
    const uint16_t *lower;
    uint16_t upper_weight;
    uint16_t lower_weight;
} penstock_mixed_rows;

/// Finds the rows of output row `index`; rows beyond the border are the border's.
penstock_mixed_rows penstock_mixed_rows_of(
    const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first);

void penstock_mix_columns_scalar(
    const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first, int32_t samples,
    uint8_t *out);

#endif
