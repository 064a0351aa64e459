/// What is done to the colours of rows of 8-bit pixels of 1, 3 or 4 channels. A fourth channel is opacity.
#ifndef PENSTOCK_COLOR_H
#define PENSTOCK_COLOR_H

#include <stddef.h>
#include <stdint.h>

/// Luma as Pillow makes it, from pixels of 3 or 4 channels, into other memory.
void penstock_row_luma(uint8_t *destination, const uint8_t *source, size_t width, size_t channels);

/// The sum of the luma of a row of 1, 3 or 4 channels.
uint64_t penstock_row_luma_sum(const uint8_t *source, size_t width, size_t channels);

/// Replaces every sample but opacity by what `table` has for it.
void penstock_row_look_up(uint8_t *row, const uint8_t *table, size_t width, size_t channels);

/// `factor` of the way from `from` to `to`, in single precision, cut to a byte as Pillow's `Image.blend` cuts it.
uint8_t penstock_blend(uint8_t from, uint8_t to, float factor);

/// Moves colours away from their luma, or towards it where `factor` is below one, in pixels of 3 or 4 channels.
void penstock_row_saturate(uint8_t *row, float factor, size_t width, size_t channels);

/// Multiplies the colours of RGBA by their opacity. The rows may be the same.
void penstock_row_premultiply(uint8_t *destination, const uint8_t *source, size_t width);

/// Divides the colours of RGBA by their opacity, in place.
void penstock_row_unpremultiply(uint8_t *row, size_t width);

#endif
