#include "include/penstock_bgr.h"

void penstock_row_bgr(uint8_t *restrict destination, const uint8_t *restrict source, size_t width) {
    for (size_t x = 0; x < width; x++) {
        destination[3 * x] = source[3 * x + 2];
        destination[3 * x + 1] = source[3 * x + 1];
        destination[3 * x + 2] = source[3 * x];
    }
}

void penstock_row_bgra(uint8_t *restrict destination, const uint8_t *restrict source, size_t width) {
    for (size_t x = 0; x < width; x++) {
        destination[4 * x] = source[4 * x + 2];
        destination[4 * x + 1] = source[4 * x + 1];
        destination[4 * x + 2] = source[4 * x];
        destination[4 * x + 3] = source[4 * x + 3];
    }
}
