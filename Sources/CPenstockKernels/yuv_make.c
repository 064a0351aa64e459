#include "include/penstock_yuv.h"

#pragma STDC FP_CONTRACT OFF

/// The level of chroma that has no colour.
enum { middle = 128 };

static int16_t fixed(double factor) {
    const double scaled = factor * (1 << PENSTOCK_YUV_COEFFICIENT_BITS);
    return (int16_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

void penstock_yuv_make(
    penstock_yuv *yuv, double black, double luma, double red_v, double green_u, double green_v, double blue_u) {
    yuv->luma = fixed(luma);
    yuv->red_v = fixed(red_v);
    yuv->green_u = fixed(-green_u);
    yuv->green_v = fixed(-green_v);
    yuv->blue_u = fixed(blue_u);
    // The coefficients as they were rounded: chroma in the middle then gives pure grey.
    const int32_t half = 1 << (PENSTOCK_YUV_COEFFICIENT_BITS + PENSTOCK_YUV_SAMPLE_BITS - 1);
    const int32_t unit = 1 << PENSTOCK_YUV_SAMPLE_BITS;
    const int32_t light = half - yuv->luma * (int32_t)(black * unit);
    yuv->red_bias = light - yuv->red_v * middle * unit;
    yuv->green_bias = light - (yuv->green_u + yuv->green_v) * middle * unit;
    yuv->blue_bias = light - yuv->blue_u * middle * unit;
}
