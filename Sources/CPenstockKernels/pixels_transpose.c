#include "include/penstock_pixels.h"

// A tile's rows and columns both stay in the first-level cache, and each line of memory is fetched once.
enum { tile_width = 16, tile_height = 64 };

static void transpose_tile(
    const uint8_t *rows, ptrdiff_t stride, int32_t width, int32_t height, uint8_t *out, ptrdiff_t out_stride) {
    for (int32_t x = 0; x < width; x++) {
        const uint8_t *pixel = rows + 3 * (size_t)x;
        uint8_t *to = out + x * out_stride;
        for (int32_t y = 0; y < height; y++, pixel += stride, to += 3) {
            to[0] = pixel[0];
            to[1] = pixel[1];
            to[2] = pixel[2];
        }
    }
}

void penstock_transpose_rgb(
    const uint8_t *rows, ptrdiff_t stride, int32_t width, int32_t height, uint8_t *out, ptrdiff_t out_stride) {
    for (int32_t y = 0; y < height; y += tile_height) {
        const int32_t tile_rows = height - y < tile_height ? height - y : tile_height;
        for (int32_t x = 0; x < width; x += tile_width) {
            const int32_t tile_columns = width - x < tile_width ? width - x : tile_width;
            transpose_tile(
                rows + y * stride + 3 * (size_t)x, stride, tile_columns, tile_rows,
                out + x * out_stride + 3 * (size_t)y, out_stride);
        }
    }
}
