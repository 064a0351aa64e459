#include "include/penstock_pixels.h"

// A tile's rows and columns both stay in the first-level cache, and each line of memory is fetched once.
enum { tile_width = 16, tile_height = 64 };

/// One block of pixels.
typedef struct tile {
    const uint8_t *rows;
    ptrdiff_t stride;
    int32_t width, height;
    uint8_t *out;
    ptrdiff_t out_stride;
} tile;

#if defined(__x86_64__)

#include <immintrin.h>

/// Turns four pixels of four rows; `from` has sixteen bytes in each row.
__attribute__((target("ssse3"))) static void turn_block(
    const uint8_t *from, ptrdiff_t stride, uint8_t *to, ptrdiff_t out_stride) {
    const __m128i spread = _mm_setr_epi8(0, 1, 2, -128, 3, 4, 5, -128, 6, 7, 8, -128, 9, 10, 11, -128);
    const __m128i close = _mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -128, -128, -128, -128);
    __m128i rows[4];
    for (int y = 0; y < 4; y++) {
        rows[y] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(from + y * stride)), spread);
    }
    const __m128i left[2] = { _mm_unpacklo_epi32(rows[0], rows[1]), _mm_unpacklo_epi32(rows[2], rows[3]) };
    const __m128i right[2] = { _mm_unpackhi_epi32(rows[0], rows[1]), _mm_unpackhi_epi32(rows[2], rows[3]) };
    const __m128i columns[4] = {
        _mm_unpacklo_epi64(left[0], left[1]), _mm_unpackhi_epi64(left[0], left[1]),
        _mm_unpacklo_epi64(right[0], right[1]), _mm_unpackhi_epi64(right[0], right[1]),
    };
    for (int x = 0; x < 4; x++) {
        const __m128i pixels = _mm_shuffle_epi8(columns[x], close);
        const int32_t last = _mm_cvtsi128_si32(_mm_srli_si128(pixels, 8));
        _mm_storel_epi64((__m128i *)(void *)(to + x * out_stride), pixels);
        __builtin_memcpy(to + x * out_stride + 8, &last, sizeof last);
    }
}

/// Turns as many whole blocks as lie in the first rows and columns of a tile; gives how far they reach.
__attribute__((target("ssse3"))) static void turn_blocks(const tile *tile, int32_t *width, int32_t *height) {
    *height = tile->height / 4 * 4;
    *width = 0;
    for (; 3 * (tile->width - *width) >= 16; *width += 4) {
        for (int32_t y = 0; y < *height; y += 4) {
            turn_block(
                tile->rows + y * tile->stride + 3 * *width, tile->stride,
                tile->out + *width * tile->out_stride + 3 * y, tile->out_stride);
        }
    }
}

#endif

/// Turns the pixels from (`first_x`, `first_y`) of a tile on, one by one.
static void turn_pixels(const tile *tile, int32_t first_x, int32_t end_x, int32_t first_y) {
    for (int32_t x = first_x; x < end_x; x++) {
        for (int32_t y = first_y; y < tile->height; y++) {
            __builtin_memcpy(tile->out + x * tile->out_stride + 3 * y, tile->rows + y * tile->stride + 3 * x, 3);
        }
    }
}

static void turn_tile(const tile *tile) {
    int32_t width = 0, height = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("ssse3")) turn_blocks(tile, &width, &height);
#endif
    turn_pixels(tile, 0, width, height);
    turn_pixels(tile, width, tile->width, 0);
}

void penstock_transpose_rgb(
    const uint8_t *rows, ptrdiff_t stride, int32_t width, int32_t height, uint8_t *out, ptrdiff_t out_stride) {
    for (int32_t y = 0; y < height; y += tile_height) {
        for (int32_t x = 0; x < width; x += tile_width) {
            const tile tile = {
                .rows = rows + y * stride + 3 * (ptrdiff_t)x,
                .stride = stride,
                .width = width - x < tile_width ? width - x : tile_width,
                .height = height - y < tile_height ? height - y : tile_height,
                .out = out + x * out_stride + 3 * (ptrdiff_t)y,
                .out_stride = out_stride,
            };
            turn_tile(&tile);
        }
    }
}
