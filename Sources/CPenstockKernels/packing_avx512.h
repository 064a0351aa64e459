/// The layout of weights for the AVX-512 row pass.
///
/// A vector has 16 lanes of 32 bits; one `vpdpbusd` adds four 8-bit products to each. A lane serves one channel of one
/// output. The pass is a list of steps, each with a window of the row, the places in that window of the four samples of
/// every lane, and their weights as three vectors of signed 8-bit digits, whose sums are put together at the end.
///
/// `packed_group` outputs share a vector, three lanes each, and take `packed_steps` steps of four positions; the window
/// of `packed_window` bytes (64 or 128) holds them all. Where outputs are too far apart for that, the group is of one,
/// `packed_window` is 48, and each quarter of the vector takes four of the sixteen positions of a step.
#ifndef PENSTOCK_PACKING_AVX512_H
#define PENSTOCK_PACKING_AVX512_H

#include "include/penstock_axis.h"

enum { penstock_avx512_digits = 3, penstock_avx512_spread_window = 48 };

/// One step: 16 lanes of four samples each.
typedef struct penstock_step_avx512 {
    uint8_t places[64];
    int8_t digits[penstock_avx512_digits][64];
} penstock_step_avx512;

/// How many groups an axis has.
static inline int32_t penstock_groups_avx512(const penstock_axis *axis) {
    return (axis->count + axis->packed_group - 1) / axis->packed_group;
}

/// The byte of the row at which each step's window starts.
static inline const int32_t *penstock_windows_avx512(const penstock_axis *axis) { return axis->packed; }

/// The steps, group after group.
static inline const penstock_step_avx512 *penstock_steps_avx512(const penstock_axis *axis) {
    const size_t count = (size_t)penstock_groups_avx512(axis) * (size_t)axis->packed_steps;
    const size_t bytes = (count * sizeof(int32_t) + 63) / 64 * 64;
    return (const void *)((const char *)axis->packed + bytes);
}

#endif
