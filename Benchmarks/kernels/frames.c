/// Times a frame's way from planes into a model's input, on one core: YUV 4:2:0 of 1080 lines to 299×299 values.
///
/// Run `Benchmarks/kernels/run frames.c`. "planes" resizes the planes and then computes colours; "whole" is the
/// conversion of the whole frame to RGB alone, which would come before an exact resize. Medians in milliseconds.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "CPenstockKernels.h"

enum { runs = 301, width = 1920, height = 1080, target = 299, slack = 64, rows_at_once = 4 };

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *times) {
    qsort(times, runs, sizeof *times, ascending);
    return times[runs / 2];
}

static void *memory(size_t bytes) { return aligned_alloc(64, (bytes + 127) / 64 * 64); }

static penstock_axis planned(const penstock_kernels *kernels, int32_t source, int is_horizontal) {
    const penstock_packing packing = is_horizontal ? kernels->packing : PENSTOCK_PACKING_NONE;
    penstock_axis axis;
    void *held = memory(penstock_axis_byte_count(PENSTOCK_FILTER_BILINEAR, source, target, target, packing));
    penstock_axis_make(&axis, PENSTOCK_FILTER_BILINEAR, source, target, 0, target, packing, held);
    return axis;
}

static void measure(const penstock_kernels *kernels, const char *name, const uint8_t *planes, uint8_t *rgb) {
    const penstock_axis across = planned(kernels, width, 1), down = planned(kernels, height, 0);
    const penstock_axis chroma_down = planned(kernels, height / 2, 0);
    const uint8_t *u = planes + width * height, *v = u + width * height / 4;
    penstock_yuv yuv = { .sample_bytes = 1, .chroma_step = 1, .halves_width = true };
    penstock_yuv_make(&yuv, 16, 255 / 219.0, 1.7927, 0.2132, 0.5329, 2.1124);
    penstock_normalization *normalization = memory(sizeof *normalization);
    const float multiplier[3] = { 2 / 255.0f, 2 / 255.0f, 2 / 255.0f }, offset[3] = { -1, -1, -1 };
    penstock_normalization_make(normalization, multiplier, offset);
    uint8_t *samples = memory(2 * width + 4 * slack), *row = memory(rows_at_once * (3 * target + 4 * slack));
    const ptrdiff_t triple_stride = 3 * width + 4 * slack, row_stride = 3 * target + slack;
    uint8_t *triples = memory(rows_at_once * triple_stride);
    float *out = memory(target * target * 12);
    static double totals[runs], columns[runs], joins[runs], rows[runs], colors[runs], wholes[runs];
    for (int i = 0; i < runs; i++) {
        const double start = milliseconds();
        double times[4] = { 0 };
        for (int32_t y = 0; y < target; y += rows_at_once) {
            const int32_t count = target - y < rows_at_once ? target - y : rows_at_once;
            for (int32_t n = 0; n < count; n++) {
                const double a = milliseconds();
                penstock_resample_columns(kernels, &down, y + n, planes, width, 0, width, samples);
                penstock_resample_columns(
                    kernels, &chroma_down, y + n, u, width / 2, 0, width / 2, samples + width + slack);
                penstock_resample_columns(
                    kernels, &chroma_down, y + n, v, width / 2, 0, width / 2, samples + width * 3 / 2 + 2 * slack);
                const double b = milliseconds();
                kernels->join_planes(
                    samples, samples + width + slack, samples + width * 3 / 2 + 2 * slack, width, 1, 1,
                    triples + n * triple_stride);
                times[0] += b - a;
                times[1] += milliseconds() - b;
            }
            const double c = milliseconds();
            penstock_resample_rows(kernels, &across, triples, triple_stride, count, row, row_stride);
            const double d = milliseconds();
            for (int32_t n = 0; n < count; n++) {
                kernels->color_triples(&yuv, row + n * row_stride, target);
                kernels->normalize_interleaved(
                    normalization, row + n * row_stride, target, 0, out + (y + n) * 3 * target);
            }
            times[2] += d - c;
            times[3] += milliseconds() - d;
        }
        const double end = milliseconds();
        for (int32_t y = 0; y < height; y++) {
            const ptrdiff_t near = y / 2 * (width / 2);
            const penstock_yuv_row source = { planes + y * width, u + near, v + near, u + near, v + near };
            kernels->convert_yuv(&yuv, &source, width, rgb + y % 16 * 3 * width);
        }
        wholes[i] = milliseconds() - end;
        totals[i] = end - start;
        columns[i] = times[0], joins[i] = times[1], rows[i] = times[2], colors[i] = times[3];
    }
    printf("%-7s %7.3f %7.3f %7.3f %7.3f %7.3f %7.3f\n", name, median(totals), median(columns), median(joins),
        median(rows), median(colors), median(wholes));
    free(normalization), free(samples), free(row), free(triples), free(out);
}

int main(void) {
    static const char *const names[] = { "scalar", "avx2", "avx512" };
    uint8_t *planes = memory(width * height * 3 / 2 + slack), *rgb = memory(17 * 3 * width);
    for (size_t i = 0; i < width * height * 3 / 2; i++) planes[i] = (uint8_t)(i * 2654435761u >> 13);
    printf("%-7s %7s %7s %7s %7s %7s %7s\n", "variant", "planes", "columns", "join", "rows", "colors", "whole");
    for (int variant = PENSTOCK_VARIANT_SCALAR; variant <= PENSTOCK_VARIANT_AVX512; variant++) {
        const penstock_kernels *kernels = penstock_kernels_of((penstock_variant)variant);
        if (kernels) measure(kernels, names[variant], planes, rgb);
    }
    free(planes), free(rgb);
}
