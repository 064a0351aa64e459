#include "jpeg_scalar.h"

/// The bits after the point of the factors, which are JFIF's.
enum { factor_bits = 16, half = 1 << (factor_bits - 1) };

void penstock_jpeg_colors_scalar(
    const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red) {
    // Chroma is rounded a hair below the half, as libjpeg rounds it.
    const int32_t middle = (128 << factor_bits) + half - 1;
    for (int32_t i = 0; i < count; i++, pixels += channels) {
        const int32_t r = pixels[0], g = pixels[1], b = pixels[2];
        luma[i] = (uint8_t)((19595 * r + 38470 * g + 7471 * b + half) >> factor_bits);
        blue[i] = (uint8_t)((middle - 11059 * r - 21709 * g + 32768 * b) >> factor_bits);
        red[i] = (uint8_t)((middle + 32768 * r - 27439 * g - 5329 * b) >> factor_bits);
    }
}

void penstock_jpeg_halve_scalar(const uint8_t *upper, const uint8_t *lower, int32_t count, uint8_t *out) {
    // What is added before rounding down alternates, so that the mean is right.
    if (!lower) {
        for (int32_t i = 0; i < count; i++) out[i] = (uint8_t)((upper[2 * i] + upper[2 * i + 1] + (i & 1)) >> 1);
        return;
    }
    for (int32_t i = 0; i < count; i++) {
        const int32_t sum = upper[2 * i] + upper[2 * i + 1] + lower[2 * i] + lower[2 * i + 1];
        out[i] = (uint8_t)((sum + 1 + (i & 1)) >> 2);
    }
}
