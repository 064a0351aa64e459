#include "png_parts.h"

/// The bytes that a filter may look at beside its own.
typedef struct neighbors {
    uint8_t before;
    uint8_t above;
    uint8_t above_before;
} neighbors;

static neighbors neighbors_of(const uint8_t *row, const uint8_t *above, size_t at, size_t step) {
    const int has_before = at >= step;
    return (neighbors){
        has_before ? row[at - step] : 0,
        above ? above[at] : 0,
        has_before && above ? above[at - step] : 0,
    };
}

static int32_t distance(int32_t a, int32_t b) { return a < b ? b - a : a - b; }

static uint8_t paeth(neighbors near) {
    const int32_t plane = near.before + near.above - near.above_before;
    const int32_t before = distance(plane, near.before), above = distance(plane, near.above);
    const int32_t above_before = distance(plane, near.above_before);
    if (before <= above && before <= above_before) return near.before;
    return above <= above_before ? near.above : near.above_before;
}

static uint8_t predicted(penstock_png_filter filter, neighbors near) {
    switch (filter) {
    case PENSTOCK_PNG_SUB: return near.before;
    case PENSTOCK_PNG_UP: return near.above;
    case PENSTOCK_PNG_AVERAGE: return (uint8_t)((near.before + near.above) / 2);
    case PENSTOCK_PNG_PAETH: return paeth(near);
    default: return 0;
    }
}

void penstock_png_measure_part(
    const uint8_t *row, const uint8_t *above, size_t start, size_t end, size_t step,
    uint64_t sums[PENSTOCK_PNG_FILTERS]) {
    for (size_t at = start; at < end; at++) {
        const neighbors near = neighbors_of(row, above, at, step);
        for (int filter = PENSTOCK_PNG_NONE; filter < PENSTOCK_PNG_FILTERS; filter++) {
            const uint8_t left = (uint8_t)(row[at] - predicted((penstock_png_filter)filter, near));
            sums[filter] += left < 128 ? left : 256u - left;
        }
    }
}

void penstock_png_apply_part(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t start, size_t end, size_t step,
    uint8_t *out) {
    for (size_t at = start; at < end; at++) {
        out[at] = (uint8_t)(row[at] - predicted(filter, neighbors_of(row, above, at, step)));
    }
}

void penstock_png_measure_scalar(
    const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint64_t sums[PENSTOCK_PNG_FILTERS]) {
    __builtin_memset(sums, 0, PENSTOCK_PNG_FILTERS * sizeof *sums);
    penstock_png_measure_part(row, above, 0, bytes, step, sums);
}

void penstock_png_apply_scalar(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint8_t *out) {
    penstock_png_apply_part(filter, row, above, 0, bytes, step, out);
}
