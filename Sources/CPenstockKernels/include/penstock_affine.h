/// Pictures turned by any angle, with the bilinear interpolation of Pillow's `Geometry.c`.
#ifndef PENSTOCK_AFFINE_H
#define PENSTOCK_AFFINE_H

#include <stddef.h>
#include <stdint.h>

/// A picture without gaps between its rows.
typedef struct penstock_picture {
    const uint8_t *pixels;
    int32_t width;
    int32_t height;
    int32_t channels;
} penstock_picture;

/// Writes row `y` of the picture that is made by looking each pixel up at `matrix` times its centre.
///
/// `matrix` has two rows of three. What lies outside becomes zero.
void penstock_affine_row(
    const penstock_picture *picture, const double *matrix, int32_t y, int32_t width, uint8_t *out);

#endif
