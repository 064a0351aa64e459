// The blocks of a JPEG's coefficients, moved and turned.
#ifndef PENSTOCK_JPEG_BLOCKS_H
#define PENSTOCK_JPEG_BLOCKS_H

#include "penstock_jpeg_transform.h"

#include <stdio.h>

#include <jpeglib.h>

// Whether any block becomes another, or lands elsewhere.
bool penstock_jpeg_blocks_move(const penstock_jpeg_transform *transform);

// Asks for the new picture's blocks. The library allows that only before it reads the old ones.
jvirt_barray_ptr *penstock_jpeg_blocks_request(
    struct jpeg_decompress_struct *reader, const penstock_jpeg_transform *transform, int components);

// Fills the new picture's blocks from the old ones.
void penstock_jpeg_blocks_turn(
    struct jpeg_decompress_struct *reader, const penstock_jpeg_transform *transform, jvirt_barray_ptr *to,
    jvirt_barray_ptr *from, int components);

// Whether every one of the new picture's blocks can be written.
bool penstock_jpeg_blocks_fit(
    struct jpeg_decompress_struct *reader, const penstock_jpeg_transform *transform, jvirt_barray_ptr *arrays,
    int components);

#endif
