#include "include/penstock_thumbnail.h"

/// The sum of some samples of a row; `step` and `bytes` are constants where this is inlined.
__attribute__((always_inline)) static inline uint64_t sum(const uint8_t *row, size_t count, size_t step, size_t bytes) {
    // A row's block sums to less than 2³² for any width that fits in memory as a frame.
    uint32_t total = 0;
    for (size_t i = 0; i < count; i++) {
        uint16_t word = row[i * step];
        if (bytes == 2) __builtin_memcpy(&word, row + i * step, sizeof word);
        total += word;
    }
    return total;
}

/// As `sum`, by the layouts that frames have most often.
static uint64_t row_sum(const uint8_t *row, size_t count, size_t step, int32_t shift) {
    if (shift == 0) return step == 1 ? sum(row, count, 1, 1) : sum(row, count, step, 1);
    return step == 2 ? sum(row, count, 2, 2) : sum(row, count, step, 2);
}

void penstock_block_means(const penstock_samples *samples, size_t columns, size_t rows, uint16_t *out) {
    for (size_t y = 0; y < rows; y++) {
        const size_t top = y * samples->height / rows, bottom = (y + 1) * samples->height / rows;
        for (size_t x = 0; x < columns; x++) {
            const size_t left = x * samples->width / columns, right = (x + 1) * samples->width / columns;
            uint64_t total = 0;
            for (size_t row = top; row < bottom; row++) {
                const uint8_t *start = samples->start + (ptrdiff_t)row * samples->stride + left * samples->step;
                total += row_sum(start, right - left, samples->step, samples->shift);
            }
            const uint64_t mean = (total << 6) / ((uint64_t)((right - left) * (bottom - top)) << samples->shift);
            *out++ = (uint16_t)(mean < UINT16_MAX ? mean : UINT16_MAX);
        }
    }
}
