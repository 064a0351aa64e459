/// Times the writing of a JPEG beside libjpeg-turbo's, on one core: a noisy picture of 500×375 pixels.
///
/// Run `Benchmarks/kernels/run jpeg.c -ljpeg`. Medians in milliseconds at quality 95.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <jpeglib.h>

#include "CPenstockKernels.h"

enum { runs = 301, width = 500, height = 375, quality = 95, most_bytes = 4 << 20 };

typedef struct writer {
    const penstock_kernels *kernels;
    penstock_jpeg_encoder *encoder;
    uint8_t *out;
} writer;

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int32_t channels_of(penstock_jpeg_sampling sampling) { return sampling == PENSTOCK_JPEG_GRAY ? 1 : 3; }

/// Libjpeg, where there are no kernels to write with.
static size_t libjpeg(const uint8_t *pixels, penstock_jpeg_sampling sampling, uint8_t *out) {
    struct jpeg_compress_struct library;
    struct jpeg_error_mgr errors;
    unsigned long bytes = most_bytes;
    const int32_t channels = channels_of(sampling);
    library.err = jpeg_std_error(&errors);
    jpeg_create_compress(&library);
    jpeg_mem_dest(&library, &out, &bytes);
    library.image_width = width, library.image_height = height, library.input_components = channels;
    library.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&library);
    jpeg_set_quality(&library, quality, TRUE);
    jpeg_start_compress(&library, TRUE);
    while (library.next_scanline < height) {
        JSAMPROW rows[16];
        for (JDIMENSION y = 0; y < 16; y++) rows[y] = (JSAMPROW)pixels + (library.next_scanline + y) * width * channels;
        const JDIMENSION left = height - library.next_scanline;
        jpeg_write_scanlines(&library, rows, left < 16 ? left : 16);
    }
    jpeg_finish_compress(&library);
    jpeg_destroy_compress(&library);
    return bytes;
}

static size_t write_picture(const writer *writer, const uint8_t *pixels, penstock_jpeg_sampling sampling) {
    if (!writer->kernels) return libjpeg(pixels, sampling, writer->out);
    const int32_t channels = channels_of(sampling);
    const penstock_jpeg_form form = { width, height, channels, quality, sampling };
    penstock_jpeg_begin(writer->encoder, writer->kernels, &form);
    size_t bytes = penstock_jpeg_write_start(writer->encoder, writer->out);
    bytes += penstock_jpeg_write_tables(writer->encoder, writer->out + bytes);
    const int32_t rows = penstock_jpeg_unit_rows(writer->encoder);
    for (int32_t y = 0; y < height; y += rows) {
        const int32_t count = height - y < rows ? height - y : rows;
        const uint8_t *from = pixels + (ptrdiff_t)y * width * channels;
        bytes += penstock_jpeg_write_rows(writer->encoder, from, width * channels, count, writer->out + bytes);
    }
    return bytes + penstock_jpeg_write_end(writer->encoder, writer->out + bytes);
}

static double median(const writer *writer, const uint8_t *pixels, penstock_jpeg_sampling sampling, size_t *bytes) {
    double times[runs];
    for (int i = 0; i < runs; i++) {
        const double start = milliseconds();
        *bytes = write_picture(writer, pixels, sampling);
        times[i] = milliseconds() - start;
    }
    qsort(times, runs, sizeof *times, ascending);
    return times[runs / 2];
}

/// Slopes with noise on them, which takes about as many bits as a photograph full of detail.
static void draw(uint8_t *pixels) {
    uint32_t state = 1;
    for (int y = 0; y < height + 16; y++) {
        for (int x = 0; x < 3 * width; x++) {
            state = state * 1664525 + 1013904223;
            pixels[3 * width * y + x] = (uint8_t)(64 + x / 24 + y / 8 + (int)(state >> 27));
        }
    }
}

int main(void) {
    static const char *const names[] = { "scalar", "avx2", "avx512", "libjpeg" };
    uint8_t *pixels = malloc(3 * width * (height + 16));
    const size_t memory = (penstock_jpeg_encoder_bytes() + PENSTOCK_JPEG_ALIGNMENT - 1) / PENSTOCK_JPEG_ALIGNMENT;
    writer writer = { 0, aligned_alloc(PENSTOCK_JPEG_ALIGNMENT, memory * PENSTOCK_JPEG_ALIGNMENT), malloc(most_bytes) };
    draw(pixels);
    printf("%-7s %7s %7s %9s %9s\n", "variant", "grey", "4:2:0", "bytes", "bytes");
    for (int variant = PENSTOCK_VARIANT_SCALAR; variant <= PENSTOCK_VARIANT_AVX512 + 1; variant++) {
        const int is_library = variant > PENSTOCK_VARIANT_AVX512;
        writer.kernels = is_library ? NULL : penstock_kernels_of((penstock_variant)variant);
        if (!writer.kernels && !is_library) continue;
        size_t gray_bytes, color_bytes;
        const double gray = median(&writer, pixels, PENSTOCK_JPEG_GRAY, &gray_bytes);
        const double color = median(&writer, pixels, PENSTOCK_JPEG_420, &color_bytes);
        printf("%-7s %7.3f %7.3f %9zu %9zu\n", names[variant], gray, color, gray_bytes, color_bytes);
    }
    free(pixels), free(writer.encoder), free(writer.out);
}
