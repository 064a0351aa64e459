/// Box blurs down columns, as Pillow's `BoxBlur.c` rounds them: three make its Gaussian blur.
#ifndef PENSTOCK_BLUR_H
#define PENSTOCK_BLUR_H

#include <stddef.h>
#include <stdint.h>

/// A box of `2 * radius + 1` whole samples and a fraction of one more at either end, in 24-bit fixed point.
///
/// `whole * (2 * radius + 1) + 2 * fraction` is at most 2²⁴, and the radius below 2²³.
typedef struct penstock_box {
    int32_t radius;
    uint32_t whole;
    uint32_t fraction;
} penstock_box;

/// Blurs `bytes` columns of `height` rows once. Rows beyond the ends are like the last.
///
/// `sums` has room for `bytes` numbers. `out` is other memory than `rows`. 0 < height must hold.
void penstock_blur_columns(
    const penstock_box *box, const uint8_t *rows, ptrdiff_t stride, int32_t height, int32_t bytes, uint32_t *sums,
    uint8_t *out, ptrdiff_t out_stride);

#endif
