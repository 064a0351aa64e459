#include "include/penstock_pixels.h"

/// `a * b / 255`, rounded to the nearest; exact for 8-bit factors.
static int32_t scaled(int32_t a, int32_t b) {
    const int32_t product = a * b + 128;
    return ((product >> 8) + product) >> 8;
}

void penstock_cmyk_to_rgb(const uint8_t *cmyk, int32_t pixels, int32_t inverted, uint8_t *rgb) {
    const int32_t flip = inverted ? 255 : 0;
    for (int32_t x = 0; x < pixels; x++, cmyk += 4, rgb += 3) {
        const int32_t light = 255 - (cmyk[3] ^ flip);
        for (int channel = 0; channel < 3; channel++) {
            // What the black leaves, less the share of it that the ink takes: never below zero.
            rgb[channel] = (uint8_t)(light - scaled(cmyk[channel] ^ flip, light));
        }
    }
}
