#include "include/penstock_pixels.h"

void penstock_gray_to_rgb(const uint8_t *gray, int32_t pixels, uint8_t *rgb) {
    for (int32_t x = 0; x < pixels; x++, rgb += 3) rgb[0] = rgb[1] = rgb[2] = gray[x];
}
