/// What the files that plan an axis share.
#ifndef PENSTOCK_AXIS_PARTS_H
#define PENSTOCK_AXIS_PARTS_H

#include "include/penstock_axis.h"

/// Each output reads its own position.
void penstock_axis_fill_copy(const penstock_axis *axis, int32_t *starts, int32_t *lengths);

/// Each output reads one position, by Pillow's affine walk.
void penstock_axis_fill_nearest(const penstock_axis *axis, int32_t *starts, int32_t *lengths);

/// Each output mixes two neighbours, as OpenCV does.
void penstock_axis_fill_linear(const penstock_axis *axis, int32_t *starts, int32_t *lengths, int32_t *weights);

/// Each output is a sum of weighted positions, as Pillow makes it; `scratch` has room for `taps` values.
void penstock_axis_fill_convolution(
    const penstock_axis *axis, penstock_filter filter, int32_t *starts, int32_t *lengths, int32_t *weights,
    double *scratch);

/// The bytes that a packed layout takes at most.
size_t penstock_packing_byte_count(penstock_packing packing, int32_t taps, int32_t count);

/// Lays weights out for a fast variant, where the source is long enough and the weights fit; else does nothing.
void penstock_pack(penstock_axis *axis, penstock_packing packing, void *memory);

#endif
