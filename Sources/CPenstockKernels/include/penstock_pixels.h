// Plain pixel loops, kept apart so that faster ones can take their place.
//
// Each works on one row (or one block of rows), reads `width` pixels and, unless its comment says otherwise,
// writes `width` RGB pixels. Nothing here
// allocates or fails. Source and destination must not overlap unless a comment says that they may.
#ifndef PENSTOCK_PIXEL_ROWS_H
#define PENSTOCK_PIXEL_ROWS_H

#include <stddef.h>
#include <stdint.h>

// Reverses a row of pixels of 1, 3 or 4 channels in place.
void penstock_row_mirror(uint8_t *row, size_t width, size_t channels);

// Writes a block of `height` rows of `width` pixels of 1, 3 or 4 channels as `width` rows of `height` pixels.
//
// Pixel (x, y) goes to destination + x * column_step + y * row_step, in bytes: negative steps turn and mirror.
void penstock_block_transpose(
    uint8_t *destination, ptrdiff_t column_step, ptrdiff_t row_step,
    const uint8_t *source, ptrdiff_t stride, size_t width, size_t height, size_t channels);

// Inverted CMYK, as JPEG files hold it, to RGB with the rounding that Pillow uses.
void penstock_row_inverted_cmyk(uint8_t *destination, const uint8_t *source, size_t width);

// One channel of 8 bits that starts every `step` bytes, to RGB; a step of 2 reads 16-bit values by their high byte.
void penstock_row_gray(uint8_t *destination, const uint8_t *source, size_t width, size_t step);

// One channel of 8 bits that starts every `step` bytes, by itself.
void penstock_row_channel(uint8_t *destination, const uint8_t *source, size_t width, size_t step);

// As `penstock_row_bits`, to one channel.
void penstock_row_gray_bits(uint8_t *destination, const uint8_t *source, size_t width, uint8_t zero, uint8_t one);

// Four channels that start at these places in each pixel of `step` bytes, to RGBA.
void penstock_row_pick_rgba(
    uint8_t *destination, const uint8_t *source, size_t width, size_t step, size_t red, size_t green, size_t blue,
    size_t alpha);

// As `penstock_row_palette`, to RGBA.
void penstock_row_palette_rgba(uint8_t *destination, const uint8_t *source, const uint8_t *palette, size_t width);

// Makes RGBA, in place, of RGB that stands at the end of the row, and of opacities that start every `step` bytes;
// without those all is opaque.
void penstock_row_add_alpha(uint8_t *row, const uint8_t *alpha, size_t width, size_t step);

// Bits, first pixel highest, to black and white; `zero` and `one` are the values that the bits stand for.
void penstock_row_bits(uint8_t *destination, const uint8_t *source, size_t width, uint8_t zero, uint8_t one);

// Three channels that start at `red`, `green` and `blue` in each pixel of `step` bytes, to RGB.
void penstock_row_pick(
    uint8_t *destination, const uint8_t *source, size_t width, size_t step, size_t red, size_t green, size_t blue);

// Three planes of 8 bits whose values start every `step` bytes, to RGB.
void penstock_row_planes(
    uint8_t *destination, const uint8_t *red, const uint8_t *green, const uint8_t *blue, size_t width, size_t step);

// Indices into 256 native-endian words of 0xAARRGGBB, to RGB.
void penstock_row_palette(uint8_t *destination, const uint8_t *source, const uint8_t *palette, size_t width);

// Little-endian words of 5 bits of red, 5 or 6 of green and 5 of blue, lowest last, to RGB, rounded down as in Pillow.
void penstock_row_packed(uint8_t *destination, const uint8_t *source, size_t width, int green_bits);

// One row of a WebP picture's YUV 4:2:0 to RGB, by the arithmetic of libwebp.
//
// `near` chroma is the row of chroma samples that covers this row of luma, `far` the one that is next nearest; both
// are `(width + 1) / 2` long. The chroma is interpolated 9:3:3:1, the colours are BT.601 of limited range.
void penstock_row_webp(
    uint8_t *destination, const uint8_t *luma, const uint8_t *near_u, const uint8_t *near_v, const uint8_t *far_u,
    const uint8_t *far_v, size_t width);

#endif
