/// Rows of 8-bit RGB into rows of a tensor, in plain C: the reference for every fast variant.
#ifndef PENSTOCK_STORE_SCALAR_H
#define PENSTOCK_STORE_SCALAR_H

#include <stddef.h>

#include "include/penstock_normalization.h"

void penstock_normalize_interleaved_scalar(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out);

void penstock_normalize_planar_scalar(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out,
    size_t plane);

void penstock_store_interleaved_scalar(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out);

void penstock_store_planar_scalar(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out, size_t plane);

#endif
