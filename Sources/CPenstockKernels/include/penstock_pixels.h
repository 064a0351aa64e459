/// Conversions of single rows, for decoders. Each has a file of its own, which says how it rounds.
///
/// Sources and destinations do not overlap unless said otherwise; nothing outside the stated pixels is touched.
#ifndef PENSTOCK_PIXELS_H
#define PENSTOCK_PIXELS_H

#include <stddef.h>
#include <stdint.h>

/// Writes each grey sample three times.
void penstock_gray_to_rgb(const uint8_t *gray, int32_t pixels, uint8_t *rgb);

/// Drops the fourth channel.
void penstock_rgba_to_rgb(const uint8_t *rgba, int32_t pixels, uint8_t *rgb);

/// Converts cyan, magenta, yellow and black as Pillow does; `inverted` when 255 means no ink, as Adobe writes it.
void penstock_cmyk_to_rgb(const uint8_t *cmyk, int32_t pixels, int32_t inverted, uint8_t *rgb);

/// Reverses the order of the pixels in a row.
void penstock_mirror_rgb(const uint8_t *row, int32_t pixels, uint8_t *out);

/// Turns rows into columns: pixel x of row y becomes pixel y of row x.
///
/// Strides are in bytes and may be negative, which with a pointer to the last row gives every quarter turn.
void penstock_transpose_rgb(
    const uint8_t *rows, ptrdiff_t stride, int32_t width, int32_t height, uint8_t *out, ptrdiff_t out_stride);

#endif
