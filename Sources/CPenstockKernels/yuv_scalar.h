/// Colours in plain C: the reference for every fast variant.
#ifndef PENSTOCK_YUV_SCALAR_H
#define PENSTOCK_YUV_SCALAR_H

#include "include/penstock_kernels.h"

void penstock_convert_yuv_scalar(const penstock_yuv *yuv, const penstock_yuv_row *row, int32_t pixels, uint8_t *out);
void penstock_color_triples_scalar(const penstock_yuv *yuv, uint8_t *row, int32_t pixels);
void penstock_join_planes_scalar(
    const uint8_t *luma, const uint8_t *u, const uint8_t *v, int32_t pixels, int32_t halves_width, int32_t chroma_step,
    uint8_t *out);
void penstock_narrow_scalar(const uint8_t *row, int32_t samples, int32_t shift, uint8_t *out);

#endif
