#include "yuv_samples.h"
#include "yuv_scalar.h"

static uint8_t clamped(int32_t sum) {
    const int32_t value = sum >> (PENSTOCK_YUV_COEFFICIENT_BITS + PENSTOCK_YUV_SAMPLE_BITS);
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/// The colour of one pixel.
static void color(const penstock_yuv *yuv, int32_t luma, int32_t u, int32_t v, uint8_t *out) {
    const int32_t light = yuv->luma * luma;
    out[0] = clamped(light + yuv->red_v * v + yuv->red_bias);
    out[1] = clamped(light + yuv->green_u * u + yuv->green_v * v + yuv->green_bias);
    out[2] = clamped(light + yuv->blue_u * u + yuv->blue_bias);
}

void penstock_convert_yuv_scalar(const penstock_yuv *yuv, const penstock_yuv_row *row, int32_t pixels, uint8_t *out) {
    yuv_samples samples;
    const size_t width = (size_t)pixels;
    for (size_t first = 0; first < width; first += yuv_chunk) {
        const size_t count = width - first < yuv_chunk ? width - first : yuv_chunk;
        yuv_gather(yuv, row, first, count, width, &samples);
        for (size_t i = 0; i < count; i++, out += 3) {
            color(yuv, samples.luma[i], samples.u[i], samples.v[i], out);
        }
    }
}

void penstock_color_triples_scalar(const penstock_yuv *yuv, uint8_t *row, int32_t pixels) {
    const int32_t unit = 1 << PENSTOCK_YUV_SAMPLE_BITS;
    for (int32_t i = 0; i < pixels; i++, row += 3) color(yuv, row[0] * unit, row[1] * unit, row[2] * unit, row);
}

void penstock_join_planes_scalar(
    const uint8_t *luma, const uint8_t *u, const uint8_t *v, int32_t pixels, int32_t halves_width, int32_t chroma_step,
    uint8_t *out) {
    for (int32_t i = 0; i < pixels; i++, out += 3) {
        const int32_t sample = (halves_width ? i / 2 : i) * chroma_step;
        out[0] = luma[i];
        out[1] = u[sample];
        out[2] = v[sample];
    }
}

void penstock_narrow_scalar(const uint8_t *row, int32_t samples, int32_t shift, uint8_t *out) {
    yuv_narrow(row, (size_t)samples, shift, out);
}
