#include "png_parts.h"

#define INLINE __attribute__((always_inline)) static inline

INLINE int32_t distance(int32_t a, int32_t b) { return a < b ? b - a : a - b; }

INLINE uint8_t paeth(int32_t before, int32_t above, int32_t above_before) {
    // How far each is from the plane through them.
    const int32_t to_before = distance(above, above_before), to_above = distance(before, above_before);
    const int32_t to_both = distance(before + above, 2 * above_before);
    const int32_t other = to_above <= to_both ? above : above_before;
    const int takes_before = (to_before <= to_above) & (to_before <= to_both);
    return (uint8_t)(takes_before ? before : other);
}

/// What a filter leaves of the byte at `at`. All but the byte's place is constant wherever loops run over this, so that
/// compilers make vectors of them.
INLINE uint8_t left_of(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t at, size_t step, int has_before) {
    const uint8_t before = has_before ? row[at - step] : 0;
    const uint8_t over = above ? above[at] : 0;
    const uint8_t over_before = has_before && above ? above[at - step] : 0;
    switch (filter) {
    case PENSTOCK_PNG_SUB: return (uint8_t)(row[at] - before);
    case PENSTOCK_PNG_UP: return (uint8_t)(row[at] - over);
    case PENSTOCK_PNG_AVERAGE: return (uint8_t)(row[at] - (before + over) / 2);
    case PENSTOCK_PNG_PAETH: return (uint8_t)(row[at] - paeth(before, over, over_before));
    default: return row[at];
    }
}

INLINE uint32_t size_of(uint8_t left) { return left < 128 ? left : 256u - left; }

/// Sums over the bytes before `end`, the pixel that starts the row apart.
INLINE uint64_t sum(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t start, size_t end, size_t step) {
    enum { part = 1 << 16 };
    uint64_t all = 0;
    for (; start < step && start < end; start++) all += size_of(left_of(filter, row, above, start, step, 0));
    while (start < end) {
        // In parts whose sums fit in fewer bits.
        const size_t stop = end - start < part ? end : start + part;
        uint32_t some = 0;
        if (above) {
            for (; start < stop; start++) some += size_of(left_of(filter, row, above, start, step, 1));
        } else {
            for (; start < stop; start++) some += size_of(left_of(filter, row, 0, start, step, 1));
        }
        all += some;
    }
    return all;
}

void penstock_png_measure_part(
    const uint8_t *row, const uint8_t *above, size_t start, size_t end, size_t step,
    uint64_t sums[PENSTOCK_PNG_FILTERS]) {
    sums[PENSTOCK_PNG_NONE] += sum(PENSTOCK_PNG_NONE, row, above, start, end, step);
    sums[PENSTOCK_PNG_SUB] += sum(PENSTOCK_PNG_SUB, row, above, start, end, step);
    sums[PENSTOCK_PNG_UP] += sum(PENSTOCK_PNG_UP, row, above, start, end, step);
    sums[PENSTOCK_PNG_AVERAGE] += sum(PENSTOCK_PNG_AVERAGE, row, above, start, end, step);
    sums[PENSTOCK_PNG_PAETH] += sum(PENSTOCK_PNG_PAETH, row, above, start, end, step);
}

INLINE void apply(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t start, size_t end, size_t step,
    uint8_t *restrict out) {
    for (; start < step && start < end; start++) out[start] = left_of(filter, row, above, start, step, 0);
    if (above) {
        for (; start < end; start++) out[start] = left_of(filter, row, above, start, step, 1);
    } else {
        for (; start < end; start++) out[start] = left_of(filter, row, 0, start, step, 1);
    }
}

void penstock_png_apply_part(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t start, size_t end, size_t step,
    uint8_t *out) {
    switch (filter) {
    case PENSTOCK_PNG_SUB: apply(PENSTOCK_PNG_SUB, row, above, start, end, step, out); return;
    case PENSTOCK_PNG_UP: apply(PENSTOCK_PNG_UP, row, above, start, end, step, out); return;
    case PENSTOCK_PNG_AVERAGE: apply(PENSTOCK_PNG_AVERAGE, row, above, start, end, step, out); return;
    case PENSTOCK_PNG_PAETH: apply(PENSTOCK_PNG_PAETH, row, above, start, end, step, out); return;
    default: apply(PENSTOCK_PNG_NONE, row, above, start, end, step, out);
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
