#if defined(__x86_64__)

#include "packing_avx2.h"

#include "packing.h"

enum { positions_per_step = 4, load_bytes = 16, words_per_half = 8, channels = 3, least_spare = 4 };

size_t penstock_packing_byte_count_avx2(int32_t taps, int32_t count) {
    const size_t steps = (size_t)(taps + positions_per_step - 1) / positions_per_step;
    return (size_t)count * (sizeof(int32_t) + steps * sizeof(penstock_step_avx2)) + 2 * 64;
}

static void fill_step(const penstock_axis *axis, penstock_step_avx2 *step, int32_t index, int32_t position) {
    __builtin_memset(step, 0, sizeof *step);
    for (int32_t i = 0; i < positions_per_step; i++) {
        const int32_t weight = penstock_weight_at(axis, index, position + i);
        const int32_t low = (int32_t)((uint32_t)weight & ((1u << penstock_avx2_low_bits) - 1));
        const int32_t high = (weight - low) / (1 << penstock_avx2_low_bits);
        for (int32_t channel = 0; channel < channels; channel++) {
            const int32_t word = i / 2 * words_per_half + 2 * channel + i % 2;
            step->high[word] = (int16_t)high;
            step->low[word] = (int16_t)low;
        }
    }
}

void penstock_pack_avx2(penstock_axis *axis, void *memory) {
    const int32_t steps = (penstock_longest(axis) + positions_per_step - 1) / positions_per_step;
    const int32_t span = steps * positions_per_step;
    // Shorter sources would leave nothing before the outputs that are loaded early.
    if (axis->source < span + least_spare) return;
    axis->packed = memory;
    axis->packed_steps = steps;
    axis->packed_group = axis->count;
    int32_t *offsets = memory;
    penstock_step_avx2 *step = (penstock_step_avx2 *)(uintptr_t)penstock_steps_avx2(axis);
    for (int32_t i = axis->count - 1; i >= 0; i--) {
        const int32_t start = penstock_start_before(axis, i, span);
        if (3 * (start + span - positions_per_step) + load_bytes > 3 * axis->source) axis->packed_group = i;
        offsets[i] = 3 * start;
        for (int32_t number = 0; number < steps; number++) {
            fill_step(axis, &step[i * steps + number], i, start + number * positions_per_step);
        }
    }
    axis->packing = PENSTOCK_PACKING_AVX2;
}

#endif
