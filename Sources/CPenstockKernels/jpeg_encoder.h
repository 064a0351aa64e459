/// The encoder's memory: what it writes, what is carried from row to row, and room for a stretch of a row of units.
#ifndef PENSTOCK_JPEG_ENCODER_H
#define PENSTOCK_JPEG_ENCODER_H

#include "include/penstock_kernels.h"

/// The pixels across that are worked on at a time: all that is made of them stays near the processor.
enum { jpeg_stretch = 512, jpeg_plane_stride = jpeg_stretch + PENSTOCK_ROW_SLACK, jpeg_most_rows = 16 };
/// The most blocks of a stretch, and the bytes that they may take before zeros are put in; eight are overwritten.
enum {
    jpeg_stretch_blocks = 3 * jpeg_stretch / 8,
    jpeg_raw_bytes = jpeg_stretch_blocks * (PENSTOCK_JPEG_BLOCK_BITS + 7) / 8 + PENSTOCK_ROW_SLACK,
};

struct penstock_jpeg_encoder {
    _Alignas(64) penstock_jpeg_quantizer quantizers[2];
    _Alignas(64) uint32_t codes[2][PENSTOCK_JPEG_CODES];
    _Alignas(64) int16_t blocks[jpeg_stretch_blocks * PENSTOCK_JPEG_BLOCK];
    /// Luma and chroma at every pixel, and then chroma as it is written.
    _Alignas(64) uint8_t planes[3][jpeg_most_rows * jpeg_plane_stride];
    _Alignas(64) uint8_t halved[2][8 * jpeg_plane_stride];
    _Alignas(64) uint8_t raw[jpeg_raw_bytes];
    uint8_t steps[2][PENSTOCK_JPEG_BLOCK];
    const penstock_kernels *kernels;
    penstock_jpeg_form form;
    penstock_jpeg_unit unit;
    penstock_jpeg_bits bits;
    /// Pixels of luma to a sample of chroma, and blocks of luma to a unit.
    int32_t across, down;
    int32_t components;
};

#endif
