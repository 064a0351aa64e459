#if defined(__x86_64__)

#include "packing_avx512.h"

#include "packing.h"

enum { lanes = 16, samples_per_lane = 4, channels = 3, load_bytes = 64, smallest_group = 3 };

/// Windows and groups to try, best first.
static const struct { int32_t window, group; } shapes[] = { { 64, 5 }, { 128, 5 }, { 128, 4 }, { 128, 3 } };

static int32_t divided_up(int32_t value, int32_t by) { return (value + by - 1) / by; }

size_t penstock_packing_byte_count_avx512(int32_t taps, int32_t count) {
    const size_t steps = (size_t)divided_up(count, smallest_group) * (size_t)divided_up(taps, samples_per_lane);
    const size_t spread_steps = (size_t)count * (size_t)divided_up(taps, lanes);
    const size_t most = steps > spread_steps ? steps : spread_steps;
    return most * (sizeof(penstock_step_avx512) + sizeof(int32_t)) + 2 * 64;
}

/// The first and the last position at which an output of a group starts.
///
/// Outputs need not start in order: one that begins with a weight of zero starts later than it would.
static void extent(
    const penstock_axis *axis, int32_t first, int32_t group, int32_t span, int32_t *low, int32_t *high) {
    *low = axis->source;
    *high = 0;
    for (int32_t i = first; i < first + group && i < axis->count; i++) {
        const int32_t start = penstock_start_before(axis, i, span);
        if (start < *low) *low = start;
        if (start > *high) *high = start;
    }
}

/// Whether every group's outputs lie in one window.
static int fits(const penstock_axis *axis, int32_t window, int32_t group, int32_t span) {
    if (3 * axis->source < window || axis->source < span) return 0;
    for (int32_t first = 0; first < axis->count; first += group) {
        int32_t low, high;
        extent(axis, first, group, span, &low, &high);
        if (3 * (high - low + samples_per_lane) > window) return 0;
    }
    return 1;
}

static int choose(penstock_axis *axis) {
    const int32_t longest = penstock_longest(axis);
    axis->packed_steps = divided_up(longest, samples_per_lane);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        axis->packed_window = shapes[i].window;
        axis->packed_group = shapes[i].group;
        if (fits(axis, shapes[i].window, shapes[i].group, axis->packed_steps * samples_per_lane)) return 1;
    }
    axis->packed_window = penstock_avx512_spread_window;
    axis->packed_group = 1;
    axis->packed_steps = divided_up(longest, lanes);
    return 3 * axis->source >= load_bytes && axis->source >= axis->packed_steps * lanes;
}

/// Gives three lanes from `lane` on the four positions of output `index` from `position` on.
static void fill_lanes(
    const penstock_axis *axis, penstock_step_avx512 *step, int32_t window, int32_t lane, int32_t index,
    int32_t position) {
    for (int32_t sample = 0; sample < samples_per_lane; sample++, position++) {
        int32_t rest = penstock_weight_at(axis, index, position);
        for (int digit = 0; digit < penstock_avx512_digits; digit++) {
            const int8_t value = (int8_t)(uint8_t)((uint32_t)rest & 255);
            for (int32_t channel = 0; channel < channels; channel++) {
                step->digits[digit][(lane + channel) * samples_per_lane + sample] = value;
            }
            rest = (rest - value) / 256;
        }
        for (int32_t channel = 0; channel < channels; channel++) {
            step->places[(lane + channel) * samples_per_lane + sample] = (uint8_t)(3 * position + channel - window);
        }
    }
}

/// The window of the row that starts at `position`, moved back where it would pass the row's end.
static int32_t window_at(const penstock_axis *axis, int32_t position) {
    const int32_t loaded = axis->packed_window < load_bytes ? load_bytes : axis->packed_window;
    const int32_t last = 3 * axis->source - loaded;
    return 3 * position < last ? 3 * position : last;
}

static int32_t fill_step(const penstock_axis *axis, penstock_step_avx512 *step, int32_t group, int32_t number) {
    const int spread = axis->packed_window == penstock_avx512_spread_window;
    const int32_t per_step = spread ? lanes : samples_per_lane;
    const int32_t span = axis->packed_steps * per_step;
    const int32_t first = group * axis->packed_group;
    int32_t low, high;
    extent(axis, first, axis->packed_group, span, &low, &high);
    const int32_t window = window_at(axis, low + number * per_step);
    __builtin_memset(step, 0, sizeof *step);
    for (int32_t i = 0; i < axis->packed_group && first + i < axis->count; i++) {
        const int32_t start = penstock_start_before(axis, first + i, span) + number * per_step;
        if (!spread) fill_lanes(axis, step, window, i * channels, first + i, start);
        for (int32_t quarter = 0; spread && quarter < 4; quarter++) {
            fill_lanes(axis, step, window, quarter * 4, first, start + quarter * samples_per_lane);
        }
    }
    return window;
}

void penstock_pack_avx512(penstock_axis *axis, void *memory) {
    if (!choose(axis)) return;
    axis->packed = memory;
    int32_t *windows = memory;
    penstock_step_avx512 *step = (penstock_step_avx512 *)(uintptr_t)penstock_steps_avx512(axis);
    for (int32_t group = 0; group < penstock_groups_avx512(axis); group++) {
        for (int32_t number = 0; number < axis->packed_steps; number++) {
            *windows++ = fill_step(axis, step++, group, number);
        }
    }
    axis->packing = PENSTOCK_PACKING_AVX512;
}

#endif
