/// Times PNG's filters and deflate on one core, beside libpng as OpenCV uses it by default: level 1, Sub, Z_RLE.
///
/// Run `Benchmarks/kernels/run png.c -lpng -ldeflate`. The pictures are drawn: slopes with noise, as photos are, and flat shapes. Each
/// number is the best of many runs, in milliseconds, with the bytes of the whole file.
#define _GNU_SOURCE
#include <libdeflate.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "CPenstockKernels.h"

enum { runs = 40, width = 500, height = 375, most_bytes = 4 * width * height, frame_bytes = 57 + 6 };

static uint8_t pixels[most_bytes], filtered[most_bytes], coded[2 * most_bytes];
static penstock_deflater stream;

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static uint32_t random_bits(void) {
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

/// Draws a picture like a photo, whose noise is the sum of three even ones of `noise` levels, or one of flat shapes.
static void draw(size_t channels, uint32_t noise) {
    for (size_t i = 0; i < width * height * channels; i++) {
        const size_t x = i / channels % width, y = i / channels / width;
        if (noise) {
            const uint32_t grain = random_bits() % noise + random_bits() % noise + random_bits() % noise;
            pixels[i] = (uint8_t)(60 + x / 5 + y / 8 + grain);
        } else {
            const size_t shape = (x / 90 + y / 70 * 3) % 7, is_round = (x % 90 - 45) * (x % 90 - 45) + y % 70 * 20 < 900;
            pixels[i] = (uint8_t)(255 - shape * 31 * (i % channels + 1) * is_round);
        }
    }
}

static size_t ours(penstock_variant variant, size_t channels) {
    const penstock_png_kernels *filters = penstock_png_kernels_of(variant);
    const penstock_deflate_kernels *deflate = penstock_deflate_kernels_of(variant);
    const size_t row = width * channels, rows = 65535 / (row + 1);
    size_t made = 0;
    uint32_t sum = 1;
    memset(&stream, 0, sizeof stream);
    for (size_t y = 0; y < height; y += rows) {
        const size_t count = height - y < rows ? height - y : rows, bytes = count * (row + 1);
        const uint8_t *first = pixels + y * row;
        penstock_png_filter_rows(filters, first, y ? first - row : NULL, count, row, channels, filtered);
        made += penstock_deflate(deflate, &stream, filtered, bytes, y + count == height, coded + made);
        sum = libdeflate_adler32(sum, filtered, bytes);
    }
    sum ^= libdeflate_crc32(0, coded, made);
    return made + frame_bytes + (sum == 0);
}

static void count_bytes(png_structp png, png_bytep bytes, png_size_t count) {
    (void)bytes;
    *(size_t *)png_get_io_ptr(png) += count;
}

static size_t libpng(penstock_variant variant, size_t channels) {
    (void)variant;
    size_t made = 0;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &made, count_bytes, NULL);
    png_set_compression_level(png, 1);
    png_set_compression_strategy(png, 3);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
    png_set_IHDR(png, info, width, height, 8, channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, 0, 0, 0);
    png_write_info(png, info);
    for (size_t y = 0; y < height; y++) png_write_row(png, pixels + y * width * channels);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return made;
}

static double measure(size_t (*encode)(penstock_variant, size_t), penstock_variant variant, size_t channels, size_t *bytes) {
    double best = 1e9;
    for (int i = 0; i < runs; i++) {
        const double start = milliseconds();
        *bytes = encode(variant, channels);
        const double taken = milliseconds() - start;
        if (taken < best) best = taken;
    }
    return best;
}

int main(void) {
    static const char *const names[] = { "scalar", "avx2", "avx512" };
    static const struct { const char *name; size_t channels; uint32_t noise; } pictures[] = {
        { "grainy grey", 1, 18 }, { "grainy RGB", 3, 18 }, { "clean grey", 1, 3 }, { "clean RGB", 3, 3 },
        { "flat grey", 1, 0 },    { "flat RGB", 3, 0 },
    };
    printf("%-12s %-8s %8s %9s\n", "picture", "by", "ms", "bytes");
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        size_t bytes = 0;
        draw(pictures[i].channels, pictures[i].noise);
        double time = measure(libpng, PENSTOCK_VARIANT_SCALAR, pictures[i].channels, &bytes);
        printf("%-12s %-8s %8.3f %9zu\n", pictures[i].name, "libpng", time, bytes);
        for (int variant = PENSTOCK_VARIANT_SCALAR; variant <= PENSTOCK_VARIANT_AVX512; variant++) {
            if (!penstock_kernels_of((penstock_variant)variant)) continue;
            time = measure(ours, (penstock_variant)variant, pictures[i].channels, &bytes);
            printf("%-12s %-8s %8.3f %9zu\n", pictures[i].name, names[variant], time, bytes);
        }
    }
}
