#include "convolve_scalar.h"
#include "include/penstock_kernels.h"
#include "mix_scalar.h"
#include "store_scalar.h"

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
};

const penstock_kernels *penstock_kernels_of(penstock_variant variant) {
    return variant == PENSTOCK_VARIANT_SCALAR ? &scalar : 0;
}

const penstock_kernels *penstock_kernels_fastest(void) {
    for (int variant = PENSTOCK_VARIANT_AVX512; variant > PENSTOCK_VARIANT_SCALAR; variant--) {
        const penstock_kernels *kernels = penstock_kernels_of((penstock_variant)variant);
        if (kernels) return kernels;
    }
    return &scalar;
}
