#include "include/penstock_pixels.h"

void penstock_rgba_to_rgb(const uint8_t *rgba, int32_t pixels, uint8_t *rgb) {
    for (int32_t x = 0; x < pixels; x++, rgba += 4, rgb += 3) {
        rgb[0] = rgba[0];
        rgb[1] = rgba[1];
        rgb[2] = rgba[2];
    }
}
