/// Rows taken apart into channels and put together, for passes that know rows of one channel or of three.
#ifndef PENSTOCK_PLANES_H
#define PENSTOCK_PLANES_H

#include <stddef.h>
#include <stdint.h>

/// Writes the four channels of a row of RGBA as rows of their own that are `plane` bytes apart.
void penstock_split_rgba(const uint8_t *row, size_t width, uint8_t *out, size_t plane);

/// The reverse.
void penstock_join_rgba(const uint8_t *planes, size_t plane, size_t width, uint8_t *row);

/// Writes three interleaved channels of 16 bits as rows of their own that are `plane` samples apart.
void penstock_split_words(const uint16_t *row, size_t width, uint16_t *out, size_t plane);

#endif
