/// Which of the two passes of a resampling comes first: between them samples are rounded to 8 bits, so it shows.
#ifndef PENSTOCK_ORDER_H
#define PENSTOCK_ORDER_H

#include <stdint.h>

/// Whether Pillow makes columns before rows when it resizes from the source's size to the resized one.
///
/// Releases before 13 always made rows first.
static inline int32_t penstock_columns_first(
    int32_t source_width, int32_t source_height, int32_t resized_width, int32_t resized_height) {
    const int64_t fewer_columns = (int64_t)source_width - resized_width;
    const int64_t fewer_rows = (int64_t)source_height - resized_height;
    return fewer_rows > 0 && fewer_rows > 2 * fewer_columns;
}

#endif
