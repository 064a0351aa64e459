/// The steps of writing a JPEG in plain C: the reference for every fast variant.
#ifndef PENSTOCK_JPEG_SCALAR_H
#define PENSTOCK_JPEG_SCALAR_H

#include "include/penstock_jpeg.h"

void penstock_jpeg_transform_scalar(
    const penstock_jpeg_quantizer *quantizer, const uint8_t *rows, ptrdiff_t stride, int32_t blocks, int32_t a_unit,
    int32_t unit_blocks, int16_t *out);
void penstock_jpeg_code_scalar(
    penstock_jpeg_unit *unit, const int16_t *blocks, int32_t units, penstock_jpeg_bits *bits);
size_t penstock_jpeg_stuff_scalar(const uint8_t *raw, size_t count, uint8_t *out);
void penstock_jpeg_colors_scalar(
    const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red);
void penstock_jpeg_halve_scalar(const uint8_t *upper, const uint8_t *lower, int32_t count, uint8_t *out);

#endif
