#include "store_scalar.h"

void penstock_normalize_interleaved_scalar(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out) {
    const int first = swap ? 2 : 0;
    for (int32_t x = 0; x < pixels; x++, row += 3, out += 3) {
        out[0] = normalization->table[0][row[first]];
        out[1] = normalization->table[1][row[1]];
        out[2] = normalization->table[2][row[2 - first]];
    }
}

void penstock_normalize_planar_scalar(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out,
    size_t plane) {
    const int first = swap ? 2 : 0;
    for (int32_t x = 0; x < pixels; x++, row += 3, out++) {
        out[0] = normalization->table[0][row[first]];
        out[plane] = normalization->table[1][row[1]];
        out[2 * plane] = normalization->table[2][row[2 - first]];
    }
}

void penstock_store_interleaved_scalar(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out) {
    const int first = swap ? 2 : 0;
    for (int32_t x = 0; x < pixels; x++, row += 3, out += 3) {
        out[0] = row[first];
        out[1] = row[1];
        out[2] = row[2 - first];
    }
}

void penstock_store_planar_scalar(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out, size_t plane) {
    const int first = swap ? 2 : 0;
    for (int32_t x = 0; x < pixels; x++, row += 3, out++) {
        out[0] = row[first];
        out[plane] = row[1];
        out[2 * plane] = row[2 - first];
    }
}
