// JPEG decoding and encoding over libjpeg-turbo, for Swift.
//
// libjpeg reports errors by longjmp and messages by callback; both stay behind these functions, which answer with a
// status and keep the message. Nothing here prints, and nothing calls back into Swift but to be given room to write.
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
    // Whether luma can be decoded alone.
    bool has_luma;
    // Whether colours are kept as luma and chroma (YCbCr, YCCK), and not as RGB or CMYK.
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

// Starts decoding at 1/`denominator`, luma alone where `gray` asks for it and the header has it.
//
// A progressive picture is read to its end here, at most `scan_limit` scans of it.
penstock_jpeg_status penstock_jpeg_start(penstock_jpeg *decoder, int denominator, bool gray, int scan_limit);

// Writes the next `count` rows as RGB, or luma, `stride` bytes apart (negative to write upwards) from `destination` on.
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

// What is to be encoded: see penstock_jpeg.h, whose kernels write the same bytes where they can write them.
typedef struct penstock_jpeg_picture {
    const uint8_t *pixels;
    ptrdiff_t stride;
    // From 1 to 65500.
    int width;
    int height;
    // Samples a pixel: 1 for grey, 3 for RGB, 4 for RGB and a sample that is left out.
    int channels;
    // From 1 to 100.
    int quality;
    // Of luma against chroma: 1 or 2.
    int horizontal_sampling;
    int vertical_sampling;
    bool progressive;
    bool optimized;
    // Whole segments to be put behind the first.
    const uint8_t *segments;
    size_t segment_bytes;
} penstock_jpeg_picture;

// Counts `written` bytes where there was room, and gives more: where to go on, with at least one byte in `room`; NULL
// where there is none.
typedef uint8_t *(*penstock_jpeg_room)(void *owner, size_t written, size_t *room);

// Room for a message of libjpeg.
enum { PENSTOCK_JPEG_MESSAGE_BYTES = 200 };

// Encodes a picture into the room that `more` gives; `message` is filled in where the library gives up.
penstock_jpeg_status penstock_jpeg_encode(
    const penstock_jpeg_picture *picture, penstock_jpeg_room more, void *owner, char *message);

#include "penstock_jpeg_transform.h"

#endif
