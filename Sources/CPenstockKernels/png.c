#include "include/penstock_deflate.h"

#include "deflate_parts.h"
#include "png_parts.h"

static const penstock_png_kernels scalar_filters = { penstock_png_measure_scalar, penstock_png_apply_scalar };
static const penstock_deflate_kernels scalar_deflate = { penstock_find_runs_scalar, penstock_put_literals_scalar };

#if defined(__x86_64__)

static const penstock_png_kernels avx2_filters = { penstock_png_measure_avx2, penstock_png_apply_avx2 };
static const penstock_png_kernels avx512_filters = { penstock_png_measure_avx512, penstock_png_apply_avx512 };
static const penstock_deflate_kernels avx2_deflate = { penstock_find_runs_avx2, penstock_put_literals_scalar };
static const penstock_deflate_kernels avx512_deflate = { penstock_find_runs_avx512, penstock_put_literals_avx512 };

const penstock_png_kernels *penstock_png_kernels_of(penstock_variant variant) {
    // The processor runs these where it runs the other kernels of the variant.
    if (!penstock_kernels_of(variant)) return 0;
    switch (variant) {
    case PENSTOCK_VARIANT_AVX2: return &avx2_filters;
    case PENSTOCK_VARIANT_AVX512: return &avx512_filters;
    default: return &scalar_filters;
    }
}

const penstock_deflate_kernels *penstock_deflate_kernels_of(penstock_variant variant) {
    if (!penstock_kernels_of(variant)) return 0;
    switch (variant) {
    case PENSTOCK_VARIANT_AVX2: return &avx2_deflate;
    case PENSTOCK_VARIANT_AVX512: return &avx512_deflate;
    default: return &scalar_deflate;
    }
}

#else

const penstock_png_kernels *penstock_png_kernels_of(penstock_variant variant) {
    return penstock_kernels_of(variant) ? &scalar_filters : 0;
}

const penstock_deflate_kernels *penstock_deflate_kernels_of(penstock_variant variant) {
    return penstock_kernels_of(variant) ? &scalar_deflate : 0;
}

#endif

static penstock_png_filter best(const uint64_t sums[PENSTOCK_PNG_FILTERS]) {
    int chosen = PENSTOCK_PNG_NONE;
    for (int filter = PENSTOCK_PNG_SUB; filter < PENSTOCK_PNG_FILTERS; filter++) {
        if (sums[filter] < sums[chosen]) chosen = filter;
    }
    return (penstock_png_filter)chosen;
}

void penstock_png_filter_rows(
    const penstock_png_kernels *kernels, const uint8_t *rows, const uint8_t *above, size_t count, size_t bytes,
    size_t step, uint8_t *out) {
    for (; count > 0; count--, above = rows, rows += bytes) {
        uint64_t sums[PENSTOCK_PNG_FILTERS];
        kernels->measure(rows, above, bytes, step, sums);
        const penstock_png_filter filter = best(sums);
        *out++ = (uint8_t)filter;
        kernels->apply(filter, rows, above, bytes, step, out);
        out += bytes;
    }
}

void penstock_png_differences(
    const penstock_png_kernels *kernels, const uint8_t *row, size_t bytes, size_t step, uint8_t *out) {
    kernels->apply(PENSTOCK_PNG_SUB, row, 0, bytes, step, out);
}
