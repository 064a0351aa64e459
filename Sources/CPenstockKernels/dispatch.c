#include "convolve_scalar.h"
#include "include/penstock_kernels.h"
#include "jpeg_scalar.h"
#include "mix_scalar.h"
#include "store_scalar.h"
#include "variants_x86.h"
#include "yuv_scalar.h"

static const penstock_kernels scalar = {
    .variant = PENSTOCK_VARIANT_SCALAR,
    .packing = PENSTOCK_PACKING_NONE,
    .convolve_rows = penstock_convolve_rows_scalar,
    .convolve_columns = penstock_convolve_columns_scalar,
    .mix_rows = penstock_mix_rows_scalar,
    .mix_columns = penstock_mix_columns_scalar,
    .normalize_interleaved = penstock_normalize_interleaved_scalar,
    .normalize_planar = penstock_normalize_planar_scalar,
    .store_interleaved = penstock_store_interleaved_scalar,
    .store_planar = penstock_store_planar_scalar,
    .convert_yuv = penstock_convert_yuv_scalar,
    .color_triples = penstock_color_triples_scalar,
    .join_planes = penstock_join_planes_scalar,
    .narrow = penstock_narrow_scalar,
    .jpeg_transform = penstock_jpeg_transform_scalar,
    .jpeg_code = penstock_jpeg_code_scalar,
    .jpeg_stuff = penstock_jpeg_stuff_scalar,
    .jpeg_colors = penstock_jpeg_colors_scalar,
    .jpeg_halve = penstock_jpeg_halve_scalar,
};

#if defined(__x86_64__)

static const penstock_kernels avx2 = {
    .variant = PENSTOCK_VARIANT_AVX2,
    .packing = PENSTOCK_PACKING_AVX2,
    .convolve_rows = penstock_convolve_rows_avx2,
    .convolve_columns = penstock_convolve_columns_avx2,
    .mix_rows = penstock_mix_rows_avx2,
    .mix_columns = penstock_mix_columns_avx2,
    .normalize_interleaved = penstock_normalize_interleaved_avx2,
    .normalize_planar = penstock_normalize_planar_avx2,
    .store_interleaved = penstock_store_interleaved_avx2,
    .store_planar = penstock_store_planar_avx2,
    .convert_yuv = penstock_convert_yuv_avx2,
    .color_triples = penstock_color_triples_avx2,
    .join_planes = penstock_join_planes_avx2,
    .narrow = penstock_narrow_avx2,
    .jpeg_transform = penstock_jpeg_transform_avx2,
    .jpeg_code = penstock_jpeg_code_avx2,
    .jpeg_stuff = penstock_jpeg_stuff_avx2,
    .jpeg_colors = penstock_jpeg_colors_avx2,
    .jpeg_halve = penstock_jpeg_halve_avx2,
};

static const penstock_kernels avx512 = {
    .variant = PENSTOCK_VARIANT_AVX512,
    .packing = PENSTOCK_PACKING_AVX512,
    .convolve_rows = penstock_convolve_rows_avx512,
    .convolve_columns = penstock_convolve_columns_avx512,
    // Mixing reads two samples for each it makes: wider vectors gain nothing.
    .mix_rows = penstock_mix_rows_avx2,
    .mix_columns = penstock_mix_columns_avx2,
    .normalize_interleaved = penstock_normalize_interleaved_avx512,
    .normalize_planar = penstock_normalize_planar_avx512,
    .store_interleaved = penstock_store_interleaved_avx512,
    .store_planar = penstock_store_planar_avx512,
    .convert_yuv = penstock_convert_yuv_avx512,
    .color_triples = penstock_color_triples_avx512,
    .join_planes = penstock_join_planes_avx512,
    .narrow = penstock_narrow_avx512,
    .jpeg_transform = penstock_jpeg_transform_avx512,
    .jpeg_code = penstock_jpeg_code_avx512,
    .jpeg_stuff = penstock_jpeg_stuff_avx512,
    .jpeg_colors = penstock_jpeg_colors_avx512,
    .jpeg_halve = penstock_jpeg_halve_avx2,
};

static int has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
        && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

static int has_avx512(void) {
    return has_avx2() && __builtin_cpu_supports("avx512f")
        && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
        && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vbmi")
        && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vnni");
}

const penstock_kernels *penstock_kernels_of(penstock_variant variant) {
    switch (variant) {
    case PENSTOCK_VARIANT_SCALAR: return &scalar;
    case PENSTOCK_VARIANT_AVX2: return has_avx2() ? &avx2 : 0;
    case PENSTOCK_VARIANT_AVX512: return has_avx512() ? &avx512 : 0;
    }
    return 0;
}

#else

const penstock_kernels *penstock_kernels_of(penstock_variant variant) {
    return variant == PENSTOCK_VARIANT_SCALAR ? &scalar : 0;
}

#endif

const penstock_kernels *penstock_kernels_fastest(void) {
    for (int variant = PENSTOCK_VARIANT_AVX512; variant > PENSTOCK_VARIANT_SCALAR; variant--) {
        const penstock_kernels *kernels = penstock_kernels_of((penstock_variant)variant);
        if (kernels) return kernels;
    }
    return &scalar;
}
