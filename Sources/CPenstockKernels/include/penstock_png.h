/// The filters of PNG, which turn pixels into small differences, and the choice among them.
#ifndef PENSTOCK_PNG_H
#define PENSTOCK_PNG_H

#include <stddef.h>
#include <stdint.h>

#include "penstock_kernels.h"

/// What is subtracted from each byte, by the numbers that the PNG specification gives.
typedef enum penstock_png_filter {
    PENSTOCK_PNG_NONE = 0,
    /// The byte of the pixel before.
    PENSTOCK_PNG_SUB = 1,
    /// The byte of the pixel above.
    PENSTOCK_PNG_UP = 2,
    /// The mean of both, rounded down.
    PENSTOCK_PNG_AVERAGE = 3,
    /// Whichever of both and the pixel before that above is nearest to their plane.
    PENSTOCK_PNG_PAETH = 4,
    PENSTOCK_PNG_FILTERS = 5,
} penstock_png_filter;

/// One variant of the filters. All variants give the same bytes.
typedef struct penstock_png_kernels {
    /// Sums, for each filter, the absolute values of what it leaves of a row, taken as signed bytes.
    ///
    /// `bytes` is a multiple of `step`, the bytes of a pixel. Nothing is read outside both rows.
    void (*measure)(
        const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint64_t sums[PENSTOCK_PNG_FILTERS]);

    /// Writes what one filter leaves of a row; nothing outside `bytes` bytes of `out`.
    void (*apply)(
        penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint8_t *out);
} penstock_png_kernels;

/// The filters of one variant, or NULL where this processor or this build lacks it.
const penstock_png_kernels *penstock_png_kernels_of(penstock_variant variant);

/// Filters `count` rows that lie without gaps, each by the filter that leaves the least; the filter's number comes
/// before each row in `out`.
///
/// `above` is the row above the first, or NULL where there is none.
void penstock_png_filter_rows(
    const penstock_png_kernels *kernels, const uint8_t *rows, const uint8_t *above, size_t count, size_t bytes,
    size_t step, uint8_t *out);

/// Writes the differences of each byte from that of the pixel before: `PENSTOCK_PNG_SUB`, which is TIFF's predictor 2.
void penstock_png_differences(
    const penstock_png_kernels *kernels, const uint8_t *row, size_t bytes, size_t step, uint8_t *out);

#endif
