#include "include/penstock_blur.h"

#include "wide.h"

enum { box_bits = 24 };

/// The row nearest to a position.
static const uint8_t *row_at(const uint8_t *rows, ptrdiff_t stride, int32_t height, int64_t y) {
    return rows + (y < 0 ? 0 : y >= height ? height - 1 : y) * stride;
}

WIDE_BODY void add_row(uint32_t *sums, const uint8_t *row, int32_t bytes, uint32_t times) {
    for (int32_t x = 0; x < bytes; x++) sums[x] += row[x] * times;
}

/// Moves the box down by a row and writes its mean; `before` and `after` are the rows that it covers in part.
WIDE_BODY void step(
    const penstock_box *box, const uint8_t *before, const uint8_t *entering, const uint8_t *after, int32_t bytes,
    uint32_t *restrict sums, uint8_t *restrict out) {
    const uint32_t whole = box->whole, fraction = box->fraction;
    for (int32_t x = 0; x < bytes; x++) {
        sums[x] += (uint32_t)entering[x] - before[x];
        const uint32_t mean = sums[x] * whole + ((uint32_t)before[x] + after[x]) * fraction;
        out[x] = (uint8_t)((mean + (1u << (box_bits - 1))) >> box_bits);
    }
}

WIDE_BODY void blur(
    const penstock_box *box, const uint8_t *rows, ptrdiff_t stride, int32_t height, int32_t bytes, uint32_t *sums,
    uint8_t *out, ptrdiff_t out_stride) {
    const int32_t radius = box->radius;
    const int32_t inside = radius < height ? radius : height;
    for (int32_t x = 0; x < bytes; x++) sums[x] = 0;
    // The box around the row before the first: what of it lies inside, and how often the first and the last repeat.
    add_row(sums, rows, bytes, (uint32_t)radius + 1);
    for (int32_t y = 0; y < inside; y++) add_row(sums, rows + y * stride, bytes, 1);
    add_row(sums, rows + (height - 1) * stride, bytes, (uint32_t)(radius - inside));
    for (int32_t y = 0; y < height; y++, out += out_stride) {
        const uint8_t *before = row_at(rows, stride, height, (int64_t)y - radius - 1);
        const uint8_t *entering = row_at(rows, stride, height, (int64_t)y + radius);
        const uint8_t *after = row_at(rows, stride, height, (int64_t)y + radius + 1);
        step(box, before, entering, after, bytes, sums, out);
    }
}

WIDE void blur_wide(
    const penstock_box *box, const uint8_t *rows, ptrdiff_t stride, int32_t height, int32_t bytes, uint32_t *sums,
    uint8_t *out, ptrdiff_t out_stride) {
    blur(box, rows, stride, height, bytes, sums, out, out_stride);
}

void penstock_blur_columns(
    const penstock_box *box, const uint8_t *rows, ptrdiff_t stride, int32_t height, int32_t bytes, uint32_t *sums,
    uint8_t *out, ptrdiff_t out_stride) {
    WIDEST(blur_wide, blur, box, rows, stride, height, bytes, sums, out, out_stride);
}
