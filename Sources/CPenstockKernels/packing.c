#include "axis_parts.h"
#include "packing.h"

// Digits are of 8 bits and signed, so three of them hold less than twice the weight of one.
enum { largest_weight = 127 << 16 };

size_t penstock_packing_byte_count(penstock_packing packing, int32_t taps, int32_t count) {
#if defined(__x86_64__)
    if (packing == PENSTOCK_PACKING_AVX2) return penstock_packing_byte_count_avx2(taps, count);
    if (packing == PENSTOCK_PACKING_AVX512) return penstock_packing_byte_count_avx512(taps, count);
#endif
    (void)packing, (void)taps, (void)count;
    return 0;
}

void penstock_pack(penstock_axis *axis, penstock_packing packing, void *memory) {
#if defined(__x86_64__)
    for (size_t i = 0; i < (size_t)axis->count * (size_t)axis->taps; i++) {
        if (axis->weights[i] > largest_weight || axis->weights[i] < -largest_weight) return;
    }
    if (packing == PENSTOCK_PACKING_AVX2) penstock_pack_avx2(axis, memory);
    if (packing == PENSTOCK_PACKING_AVX512) penstock_pack_avx512(axis, memory);
#endif
    (void)axis, (void)packing, (void)memory;
}

int32_t penstock_longest(const penstock_axis *axis) {
    int32_t longest = 1;
    for (int32_t i = 0; i < axis->count; i++) {
        if (axis->lengths[i] > longest) longest = axis->lengths[i];
    }
    return longest;
}

int32_t penstock_start_before(const penstock_axis *axis, int32_t index, int32_t span) {
    const int32_t last = axis->source - span;
    return axis->starts[index] < last ? axis->starts[index] : last;
}

int32_t penstock_weight_at(const penstock_axis *axis, int32_t index, int32_t position) {
    const int32_t tap = position - axis->starts[index];
    if (tap < 0 || tap >= axis->lengths[index]) return 0;
    return axis->weights[(size_t)index * (size_t)axis->taps + (size_t)tap];
}
