/// The transform's constants: libjpeg's accurate transform, its products gathered into one matrix a half.
///
/// Sums of 32 bits hold every product, so that gathering changes nothing; rounding is where libjpeg rounds.
#ifndef PENSTOCK_JPEG_DCT_H
#define PENSTOCK_JPEG_DCT_H

#include "include/penstock_jpeg.h"

/// The bits after the point of the constants, and those that the first pass keeps.
enum { jpeg_dct_bits = 13, jpeg_dct_pass_bits = 2 };

/// Outputs 2 and 6, of the differences of the outer and of the inner sums.
static const int16_t jpeg_dct_even[2][2] = { { 10703, 4433 }, { 4433, -10704 } };

/// Outputs 1, 3, 5 and 7, of the four differences, the outermost first.
static const int16_t jpeg_dct_odd[4][4] = {
    { 11363, 9633, 6437, 2260 },
    { 9633, -2259, -11362, -6436 },
    { 6437, -11362, 2261, 9633 },
    { 2260, -6436, 9633, -11363 },
};

/// Where block `index` of a row goes, when `a_unit` (1 or 2) of its blocks belong to each unit of `unit_blocks`.
static inline ptrdiff_t jpeg_block_offset(int32_t index, int32_t a_unit, int32_t unit_blocks) {
    const int32_t unit = index >> (a_unit - 1);
    return ((ptrdiff_t)unit * unit_blocks + (index & (a_unit - 1))) * PENSTOCK_JPEG_BLOCK;
}

#endif
