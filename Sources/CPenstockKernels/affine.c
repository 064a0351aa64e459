#include "include/penstock_affine.h"

#include "wide.h"

// Products and sums are rounded one by one, as in the builds of Pillow.
#pragma STDC FP_CONTRACT OFF

static int32_t clamped(int32_t position, int32_t length) {
    return position < 0 ? 0 : position < length ? position : length - 1;
}

static double between(int32_t from, int32_t to, double part) { return from + (to - from) * part; }

/// Interpolates at a place inside the picture, in coordinates of pixels' corners.
WIDE_BODY void interpolate(const penstock_picture *picture, double x, double y, size_t channels, uint8_t *out) {
    const size_t stride = channels * (size_t)picture->width;
    x -= 0.5;
    y -= 0.5;
    // Nothing lies further out than half a pixel.
    const int32_t column = x < 0 ? -1 : (int32_t)x, row = y < 0 ? -1 : (int32_t)y;
    const double across = x - column, down = y - row;
    const size_t left = channels * (size_t)clamped(column, picture->width);
    const size_t right = channels * (size_t)clamped(column + 1, picture->width);
    const uint8_t *above = picture->pixels + stride * (size_t)clamped(row, picture->height);
    const uint8_t *below = picture->pixels + stride * (size_t)clamped(row + 1, picture->height);
    for (size_t channel = 0; channel < channels; channel++) {
        const double upper = between(above[left + channel], above[right + channel], across);
        const double lower = between(below[left + channel], below[right + channel], across);
        out[channel] = (uint8_t)(upper + (lower - upper) * down);
    }
}

/// `channels` is a constant wherever this is inlined.
WIDE_BODY void affine_row(
    const penstock_picture *picture, const double *matrix, int32_t y, int32_t width, size_t channels, uint8_t *out) {
    const double below = y + 0.5;
    for (int32_t x = 0; x < width; x++, out += channels) {
        const double beside = x + 0.5;
        const double from_x = matrix[0] * beside + matrix[1] * below + matrix[2];
        const double from_y = matrix[3] * beside + matrix[4] * below + matrix[5];
        if (from_x >= 0 && from_x < picture->width && from_y >= 0 && from_y < picture->height) {
            interpolate(picture, from_x, from_y, channels, out);
        } else {
            for (size_t channel = 0; channel < channels; channel++) out[channel] = 0;
        }
    }
}

void penstock_affine_row(
    const penstock_picture *picture, const double *matrix, int32_t y, int32_t width, uint8_t *out) {
    switch (picture->channels) {
    case 1: affine_row(picture, matrix, y, width, 1, out); break;
    case 3: affine_row(picture, matrix, y, width, 3, out); break;
    default: affine_row(picture, matrix, y, width, 4, out); break;
    }
}
