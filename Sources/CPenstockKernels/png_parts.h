/// The filters of PNG in every variant; `penstock_png.h` says what they do.
#ifndef PENSTOCK_PNG_PARTS_H
#define PENSTOCK_PNG_PARTS_H

#include "include/penstock_png.h"

void penstock_png_measure_scalar(
    const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint64_t sums[PENSTOCK_PNG_FILTERS]);
void penstock_png_apply_scalar(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint8_t *out);

/// The scalar filters of the bytes from `start` to `end` of a row alone; sums are added to.
void penstock_png_measure_part(
    const uint8_t *row, const uint8_t *above, size_t start, size_t end, size_t step,
    uint64_t sums[PENSTOCK_PNG_FILTERS]);
void penstock_png_apply_part(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t start, size_t end, size_t step,
    uint8_t *out);

void penstock_png_measure_avx2(
    const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint64_t sums[PENSTOCK_PNG_FILTERS]);
void penstock_png_apply_avx2(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint8_t *out);

void penstock_png_measure_avx512(
    const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint64_t sums[PENSTOCK_PNG_FILTERS]);
void penstock_png_apply_avx512(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint8_t *out);

#endif
