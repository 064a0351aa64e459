/// Means of blocks of samples: a small grey picture of a large one.
#ifndef PENSTOCK_THUMBNAIL_H
#define PENSTOCK_THUMBNAIL_H

#include <stddef.h>
#include <stdint.h>

/// Samples of 8 + `shift` bits, `step` bytes apart in rows `stride` bytes apart, which may be negative.
///
/// With a shift they are little-endian words; without one, bytes.
typedef struct penstock_samples {
    const uint8_t *start;
    ptrdiff_t stride;
    size_t step;
    int32_t shift;
    size_t width;
    size_t height;
} penstock_samples;

/// Writes the means of `columns` × `rows` blocks of nearly one size, in 1/64 of an 8-bit level.
///
/// 0 < columns <= width and 0 < rows <= height must hold.
void penstock_block_means(const penstock_samples *samples, size_t columns, size_t rows, uint16_t *out);

#endif
