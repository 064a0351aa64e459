#include "include/penstock_pixels.h"

void penstock_mirror_rgb(const uint8_t *row, int32_t pixels, uint8_t *out) {
    const uint8_t *pixel = row + 3 * (size_t)pixels;
    for (int32_t x = 0; x < pixels; x++, out += 3) {
        pixel -= 3;
        out[0] = pixel[0];
        out[1] = pixel[1];
        out[2] = pixel[2];
    }
}
