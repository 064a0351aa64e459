#include "include/penstock_planes.h"

#include "wide.h"

WIDE_BODY void split_rgba(const uint8_t *restrict row, size_t width, uint8_t *restrict out, size_t plane) {
    for (int channel = 0; channel < 4; channel++, out += plane) {
        for (size_t x = 0; x < width; x++) {
            uint32_t pixel;
            __builtin_memcpy(&pixel, row + 4 * x, sizeof pixel);
            out[x] = (uint8_t)(pixel >> 8 * channel);
        }
    }
}

WIDE void split_rgba_wide(const uint8_t *row, size_t width, uint8_t *out, size_t plane) {
    split_rgba(row, width, out, plane);
}

void penstock_split_rgba(const uint8_t *row, size_t width, uint8_t *out, size_t plane) {
    WIDEST(split_rgba_wide, split_rgba, row, width, out, plane);
}

WIDE_BODY void join_rgba(const uint8_t *restrict planes, size_t plane, size_t width, uint8_t *restrict row) {
    for (size_t x = 0; x < width; x++) {
        const uint32_t pixel = planes[x] | (uint32_t)planes[plane + x] << 8 | (uint32_t)planes[2 * plane + x] << 16
            | (uint32_t)planes[3 * plane + x] << 24;
        __builtin_memcpy(row + 4 * x, &pixel, sizeof pixel);
    }
}

WIDE void join_rgba_wide(const uint8_t *planes, size_t plane, size_t width, uint8_t *row) {
    join_rgba(planes, plane, width, row);
}

void penstock_join_rgba(const uint8_t *planes, size_t plane, size_t width, uint8_t *row) {
    WIDEST(join_rgba_wide, join_rgba, planes, plane, width, row);
}

void penstock_split_words(const uint16_t *row, size_t width, uint16_t *out, size_t plane) {
    for (size_t x = 0; x < width; x++) {
        for (size_t channel = 0; channel < 3; channel++) out[channel * plane + x] = row[3 * x + channel];
    }
}
