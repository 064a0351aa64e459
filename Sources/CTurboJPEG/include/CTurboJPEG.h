// JPEG decoding over libjpeg-turbo, a block of rows at a time, for Swift.
//
// libjpeg reports errors by longjmp and messages by callback; both stay behind these functions, which answer with a
// status and keep the message. Nothing here prints, and nothing calls back into Swift.
#ifndef PENSTOCK_CTURBOJPEG_H
#define PENSTOCK_CTURBOJPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct penstock_jpeg penstock_jpeg;

typedef enum penstock_jpeg_status {
    PENSTOCK_JPEG_OK = 0,
    // The bytes end before the picture does.
    PENSTOCK_JPEG_TRUNCATED,
    // The library gave up; penstock_jpeg_message says why.
    PENSTOCK_JPEG_BROKEN,
    // A valid picture of a kind that this library or these functions do not decode.
    PENSTOCK_JPEG_UNSUPPORTED,
    // More progressive scans than were allowed.
    PENSTOCK_JPEG_TOO_MANY_SCANS,
    PENSTOCK_JPEG_NO_MEMORY,
} penstock_jpeg_status;

typedef struct penstock_jpeg_header {
    int width;
    int height;
    int components;
    int precision;
    // Of the first component, against the others: 2 and 2 in 4:2:0.
    int horizontal_sampling;
    int vertical_sampling;
    bool progressive;
    bool arithmetic;
    // Four components that the library turns from YCCK into CMYK, or three that are RGB in the file.
    bool luma_chroma;
} penstock_jpeg_header;

// Makes a decoder to be used for any number of pictures, one after another; NULL when memory is short.
penstock_jpeg *penstock_jpeg_create(void);

// Frees a decoder made by penstock_jpeg_create; NULL is allowed.
void penstock_jpeg_destroy(penstock_jpeg *decoder);

// Reads the header of the picture in `bytes`, which must stay readable until penstock_jpeg_close.
//
// With `allow_truncated`, a picture cut short ends in the grey (or coarse) pixels that libjpeg makes up.
penstock_jpeg_status penstock_jpeg_open(
    penstock_jpeg *decoder, const uint8_t *bytes, size_t count, bool allow_truncated, penstock_jpeg_header *header);

// The size in pixels that decoding at 1/`denominator` (1, 2, 4 or 8) would give.
int penstock_jpeg_scaled(int edge, int denominator);

// Starts decoding at 1/`denominator`. A progressive picture is read to its end here, at most `scan_limit` scans of it.
penstock_jpeg_status penstock_jpeg_start(penstock_jpeg *decoder, int denominator, int scan_limit);

// Writes the next `count` rows as RGB, `stride` bytes apart (negative to write upwards) from `destination` on.
penstock_jpeg_status penstock_jpeg_read(penstock_jpeg *decoder, uint8_t *destination, ptrdiff_t stride, int count);

// Reads on to the picture's end, which a picture cut short does not have.
penstock_jpeg_status penstock_jpeg_finish(penstock_jpeg *decoder);

// Lets go of the picture, whatever has happened to it. The decoder is ready for the next.
void penstock_jpeg_close(penstock_jpeg *decoder);

// What the library said last: an error, or else the first warning; empty when it said nothing.
const char *penstock_jpeg_message(const penstock_jpeg *decoder);

// How many recoverable faults the library met in this picture.
long penstock_jpeg_warnings(const penstock_jpeg *decoder);

// Whether the bytes have run out before the picture's end.
bool penstock_jpeg_ran_dry(const penstock_jpeg *decoder);

#include "penstock_jpeg_transform.h"

#endif
