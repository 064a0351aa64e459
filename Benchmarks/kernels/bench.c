/// Times the kernels by themselves, on one core: a picture in memory into a model's input.
///
/// Run `Benchmarks/kernels/run`. Each number is the median of many runs, in milliseconds, with plans made beforehand,
/// as they are for every picture after the first of a size; "plan" is what the first one pays.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "CPenstockKernels.h"

enum { runs = 301, rows_at_once = 16 };

typedef struct job {
    const char *filter_name;
    penstock_filter filter;
    int32_t width, height, target;
} job;

static const job jobs[] = {
    { "bilinear", PENSTOCK_FILTER_BILINEAR, 640, 480, 299 },
    { "bilinear", PENSTOCK_FILTER_BILINEAR, 500, 375, 299 },
    { "bilinear", PENSTOCK_FILTER_BILINEAR, 1920, 1080, 224 },
    { "bicubic", PENSTOCK_FILTER_BICUBIC, 640, 480, 299 },
    { "bicubic", PENSTOCK_FILTER_BICUBIC, 500, 375, 224 },
    { "lanczos", PENSTOCK_FILTER_LANCZOS, 1920, 1080, 224 },
    { "bilinear", PENSTOCK_FILTER_BILINEAR, 4000, 3000, 224 },
    { "bilinear", PENSTOCK_FILTER_BILINEAR, 160, 120, 299 },
    { "opencv", PENSTOCK_FILTER_OPENCV_BILINEAR, 640, 480, 299 },
};

static double milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void *memory(size_t bytes) { return aligned_alloc(64, (bytes + 127) / 64 * 64); }

/// The passes of one picture; `marks` receives the times between them.
static void run(
    const penstock_kernels *kernels, const job *job, const penstock_axis *across, const penstock_axis *down,
    const penstock_normalization *normalization, const uint8_t *pixels, void *between, uint8_t *row, float *out,
    double marks[3]) {
    const int mixed = job->filter == PENSTOCK_FILTER_OPENCV_BILINEAR;
    const ptrdiff_t stride = 3 * job->width;
    const ptrdiff_t between_stride = ((3 * job->target + 127) / 64 * 64) * (mixed ? 2 : 1);
    marks[0] = milliseconds();
    for (int32_t y = down->lowest; y < down->highest; y += rows_at_once) {
        const int32_t count = down->highest - y < rows_at_once ? down->highest - y : rows_at_once;
        char *to = (char *)between + (y - down->lowest) * between_stride;
        if (mixed) kernels->mix_rows(across, pixels + y * stride, stride, count, (void *)to, between_stride);
        else penstock_resample_rows(kernels, across, pixels + y * stride, stride, count, (void *)to, between_stride);
    }
    marks[1] = milliseconds();
    for (int32_t y = 0; y < job->target; y++) {
        const int32_t samples = 3 * job->target;
        if (mixed) kernels->mix_columns(down, y, between, between_stride, down->lowest, samples, row);
        else penstock_resample_columns(kernels, down, y, between, between_stride, down->lowest, samples, row);
        kernels->normalize_interleaved(normalization, row, job->target, 0, out + (ptrdiff_t)y * samples);
    }
    marks[2] = milliseconds();
}

static void measure(const penstock_kernels *kernels, const char *name, const job *job) {
    const size_t bytes = 3 * (size_t)job->width * (size_t)job->height;
    uint8_t *pixels = memory(bytes);
    for (size_t i = 0; i < bytes; i++) pixels[i] = (uint8_t)(i * 2654435761u >> 13);
    penstock_axis across, down;
    void *across_memory = memory(
        penstock_axis_byte_count(job->filter, job->width, job->target, job->target, kernels->packing));
    void *down_memory = memory(
        penstock_axis_byte_count(job->filter, job->height, job->target, job->target, PENSTOCK_PACKING_NONE));
    double plans[9];
    for (int i = 0; i < 9; i++) {
        const double start = milliseconds();
        penstock_axis_make(
            &across, job->filter, job->width, job->target, 0, job->target, kernels->packing, across_memory);
        penstock_axis_make(
            &down, job->filter, job->height, job->target, 0, job->target, PENSTOCK_PACKING_NONE, down_memory);
        plans[i] = milliseconds() - start;
    }
    void *between = memory((size_t)job->height * (size_t)(3 * job->target + 128) * 2);
    uint8_t *row = memory((size_t)(3 * job->target + 128));
    float *out = memory((size_t)job->target * (size_t)job->target * 12);
    penstock_normalization *normalization = memory(sizeof *normalization);
    const float multiplier[3] = { 2 / 255.0f, 2 / 255.0f, 2 / 255.0f }, offset[3] = { -1, -1, -1 };
    penstock_normalization_make(normalization, multiplier, offset);
    static double totals[runs], firsts[runs], seconds[runs];
    for (int i = 0; i < runs; i++) {
        double marks[3];
        run(kernels, job, &across, &down, normalization, pixels, between, row, out, marks);
        totals[i] = marks[2] - marks[0];
        firsts[i] = marks[1] - marks[0];
        seconds[i] = marks[2] - marks[1];
    }
    qsort(totals, runs, sizeof *totals, ascending);
    qsort(firsts, runs, sizeof *firsts, ascending);
    qsort(seconds, runs, sizeof *seconds, ascending);
    qsort(plans, 9, sizeof *plans, ascending);
    printf("%-9s %4d×%-4d → %d  %-7s %7.3f %7.3f %7.3f %7.3f\n", job->filter_name, job->width, job->height,
        job->target, name, totals[runs / 2], firsts[runs / 2], seconds[runs / 2], plans[4]);
    free(pixels), free(across_memory), free(down_memory), free(between), free(row), free(out), free(normalization);
}

int main(void) {
    static const char *const names[] = { "scalar", "avx2", "avx512" };
    printf("%-9s %-9s   %-5s %-7s %7s %7s %7s %7s\n", "filter", "picture", "side", "variant", "total", "rows", "columns",
        "plan");
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        for (int variant = PENSTOCK_VARIANT_SCALAR; variant <= PENSTOCK_VARIANT_AVX512; variant++) {
            const penstock_kernels *kernels = penstock_kernels_of((penstock_variant)variant);
            if (kernels) measure(kernels, names[variant], &jobs[i]);
        }
    }
}
