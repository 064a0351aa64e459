/// Pixels whose blue comes first.
#ifndef PENSTOCK_BGR_H
#define PENSTOCK_BGR_H

#include <stddef.h>
#include <stdint.h>

/// Writes a row of RGB as BGR. The rows do not overlap.
void penstock_row_bgr(uint8_t *destination, const uint8_t *source, size_t width);

/// Writes a row of RGBA as BGRA. The rows do not overlap.
void penstock_row_bgra(uint8_t *destination, const uint8_t *source, size_t width);

#endif
