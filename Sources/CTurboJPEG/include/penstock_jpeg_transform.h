// JPEGs turned and cropped without decoding: the coefficients of their blocks are moved, and nothing is lost.
#ifndef PENSTOCK_JPEG_TRANSFORM_H
#define PENSTOCK_JPEG_TRANSFORM_H

#include "CTurboJPEG.h"

typedef struct penstock_jpeg_transformer penstock_jpeg_transformer;

// What a transform has to know of a picture.
typedef struct penstock_jpeg_blocks {
    int width;
    int height;
    int components;
    // The pixels that one group of blocks covers: where blocks are cut apart, all components must be.
    int group_width;
    int group_height;
    // Whether luma is there, at full size, to be kept alone.
    bool has_luma;
} penstock_jpeg_blocks;

// What to do. The part is cut out of the stored picture first, then mirrored, then transposed.
//
// The edges of the part that come first in the new picture (left and top, or right and bottom where it is mirrored) lie
// between groups; luma alone has groups of 8 × 8 pixels.
typedef struct penstock_jpeg_transform {
    int x;
    int y;
    int width;
    int height;
    bool mirrors_columns;
    bool mirrors_rows;
    bool transposes;
    // Leave colour out.
    bool luma_alone;
    bool progressive;
    // Fit the codes to the picture.
    bool optimized;
    // How many scans a progressive picture may have.
    int scan_limit;
} penstock_jpeg_transform;

// What is put before the pixels: the content of the EXIF segment, its mark included, and a colour profile; none where
// the count is 0.
typedef struct penstock_jpeg_segments {
    const uint8_t *exif;
    size_t exif_count;
    const uint8_t *profile;
    size_t profile_count;
} penstock_jpeg_segments;

// Makes a transformer to be used for any number of pictures, one after another; NULL when memory is short.
penstock_jpeg_transformer *penstock_jpeg_transformer_create(void);

// Frees a transformer made by penstock_jpeg_transformer_create; NULL is allowed.
void penstock_jpeg_transformer_destroy(penstock_jpeg_transformer *transformer);

// Reads the header of the picture in `bytes`, which must stay readable until penstock_jpeg_transformer_close.
penstock_jpeg_status penstock_jpeg_transformer_open(
    penstock_jpeg_transformer *transformer, const uint8_t *bytes, size_t count, penstock_jpeg_blocks *blocks);

// Transforms the opened picture. Data that are damaged in any way end it.
penstock_jpeg_status penstock_jpeg_transformer_run(
    penstock_jpeg_transformer *transformer, const penstock_jpeg_transform *transform,
    const penstock_jpeg_segments *segments);

// The new file, until penstock_jpeg_transformer_close.
const uint8_t *penstock_jpeg_transformer_bytes(const penstock_jpeg_transformer *transformer, size_t *count);

// Lets go of the picture, whatever has happened to it. The transformer is ready for the next.
void penstock_jpeg_transformer_close(penstock_jpeg_transformer *transformer);

// What the library said last; empty when it said nothing.
const char *penstock_jpeg_transformer_message(const penstock_jpeg_transformer *transformer);

#endif
