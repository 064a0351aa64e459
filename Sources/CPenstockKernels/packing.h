/// What the layouts of weights for fast variants share.
///
/// Fast passes read whole groups of positions, so every output's span is widened to a multiple of the group, and moved
/// back where it would pass the source's end; the positions added have a weight of zero.
#ifndef PENSTOCK_PACKING_H
#define PENSTOCK_PACKING_H

#include "include/penstock_axis.h"

/// The most positions that an output reads.
int32_t penstock_longest(const penstock_axis *axis);

/// Where the span of `span` positions that holds output `index` starts.
int32_t penstock_start_before(const penstock_axis *axis, int32_t index, int32_t span);

/// The weight of a source position in output `index`; zero where it is not read.
int32_t penstock_weight_at(const penstock_axis *axis, int32_t index, int32_t position);

size_t penstock_packing_byte_count_avx2(int32_t taps, int32_t count);
void penstock_pack_avx2(penstock_axis *axis, void *memory);

size_t penstock_packing_byte_count_avx512(int32_t taps, int32_t count);
void penstock_pack_avx512(penstock_axis *axis, void *memory);

#endif
