/// The layout of weights for the AVX2 row pass.
///
/// A vector serves one output: three lanes of 32 bits in each half, one for each channel, the lower half for the first
/// two of four positions and the upper for the other two. A weight of 22 bits is split into a signed high and an
/// unsigned low part of 12 bits, so that `vpmaddwd` can multiply both by samples widened to 16 bits.
///
/// `packed_steps` is the number of groups of four positions. Outputs from `packed_group` on lie so near to the end of
/// the row that 16 bytes from their positions would pass it: they are loaded four bytes earlier.
#ifndef PENSTOCK_PACKING_AVX2_H
#define PENSTOCK_PACKING_AVX2_H

#include "include/penstock_axis.h"

enum { penstock_avx2_low_bits = 12, penstock_avx2_late_bytes = 4 };

/// The weights of four positions.
typedef struct penstock_step_avx2 {
    int16_t high[16];
    int16_t low[16];
} penstock_step_avx2;

/// The byte of the row at which each output's positions start.
static inline const int32_t *penstock_offsets_avx2(const penstock_axis *axis) { return axis->packed; }

/// The steps, output after output.
static inline const penstock_step_avx2 *penstock_steps_avx2(const penstock_axis *axis) {
    const size_t bytes = ((size_t)axis->count * sizeof(int32_t) + 63) / 64 * 64;
    return (const void *)((const char *)axis->packed + bytes);
}

#endif
