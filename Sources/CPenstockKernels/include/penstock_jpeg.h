/// Baseline JPEG, written a row of blocks at a time: byte for byte what libjpeg-turbo writes with its accurate
/// transform and the standard codes.
#ifndef PENSTOCK_JPEG_H
#define PENSTOCK_JPEG_H

#include <stddef.h>
#include <stdint.h>

/// How the colours of a file are sampled.
typedef enum penstock_jpeg_sampling {
    /// Luma alone.
    PENSTOCK_JPEG_GRAY = 0,
    /// Chroma halved in both directions.
    PENSTOCK_JPEG_420 = 1,
    /// Chroma halved across.
    PENSTOCK_JPEG_422 = 2,
    /// Chroma at every pixel.
    PENSTOCK_JPEG_444 = 3,
} penstock_jpeg_sampling;

/// What is to be written.
typedef struct penstock_jpeg_form {
    /// From 1 to `PENSTOCK_JPEG_LONGEST_EDGE`.
    int32_t width;
    int32_t height;
    /// Samples a pixel of the rows: 1 for grey, 3 for RGB, 4 for RGB and a sample that is left out.
    int32_t channels;
    /// From 1 to 100.
    int32_t quality;
    penstock_jpeg_sampling sampling;
} penstock_jpeg_form;

/// The longest edge that libjpeg writes.
enum { PENSTOCK_JPEG_LONGEST_EDGE = 65500 };
/// The room that each marker function below needs: 20 bytes, at most 630 and at most 11 are written.
enum { PENSTOCK_JPEG_MARKER_BYTES = 1024 };
/// The alignment of an encoder's memory, in bytes.
enum { PENSTOCK_JPEG_ALIGNMENT = 64 };
/// Samples in a block, and the most blocks in a unit (the least that is coded with all its colours).
enum { PENSTOCK_JPEG_BLOCK = 64, PENSTOCK_JPEG_UNIT_BLOCKS = 6 };
/// The most bits that a block takes: a code of 11 and a value of 11, then 63 codes of 16 with values of 10.
enum { PENSTOCK_JPEG_BLOCK_BITS = 22 + 63 * 26 };
/// The codes of a table: by run and size of a coefficient, and then by size for the first of a block.
enum { PENSTOCK_JPEG_CODES = 272, PENSTOCK_JPEG_FIRST_CODES = 256 };

/// Division of the transform's output, which is 8 times too large, by the steps of a table, in the blocks' own order.
///
/// `(magnitude + rounding) * reciprocal >> (16 + shift)` is exact up to magnitudes of 16384; `scale` is 2^(16 − shift).
typedef struct penstock_jpeg_quantizer {
    _Alignas(64) uint16_t reciprocal[PENSTOCK_JPEG_BLOCK];
    _Alignas(64) uint16_t rounding[PENSTOCK_JPEG_BLOCK];
    _Alignas(64) uint16_t scale[PENSTOCK_JPEG_BLOCK];
    _Alignas(64) uint16_t shift[PENSTOCK_JPEG_BLOCK];
} penstock_jpeg_quantizer;

/// The blocks of a unit, and what their coding carries from one to the next.
typedef struct penstock_jpeg_unit {
    int32_t blocks;
    /// Which component each block is of.
    uint8_t component[PENSTOCK_JPEG_UNIT_BLOCKS];
    /// `PENSTOCK_JPEG_CODES` codes of luma, the first component, and as many of chroma: each is the code times 256, and
    /// the bits of code and value together.
    const uint32_t *codes;
    /// For each component the last block's first coefficient.
    int32_t last[3];
} penstock_jpeg_unit;

/// Bits on their way out, first bit highest, before zeros are put behind bytes of all ones.
typedef struct penstock_jpeg_bits {
    /// Where the next byte goes; eight may be overwritten.
    uint8_t *out;
    /// Fewer than 8 bits that make no byte yet, at the top.
    uint64_t held;
    int32_t count;
} penstock_jpeg_bits;

/// Writes one picture after another.
typedef struct penstock_jpeg_encoder penstock_jpeg_encoder;

struct penstock_kernels;

/// The bytes of an encoder, whatever it writes.
size_t penstock_jpeg_encoder_bytes(void);

/// Starts a picture in memory of `penstock_jpeg_encoder_bytes`, aligned to `PENSTOCK_JPEG_ALIGNMENT`.
void penstock_jpeg_begin(
    penstock_jpeg_encoder *encoder, const struct penstock_kernels *kernels, const penstock_jpeg_form *form);

/// Writes what comes before any metadata, and returns how many bytes that is.
size_t penstock_jpeg_write_start(const penstock_jpeg_encoder *encoder, uint8_t *out);

/// Writes what comes between metadata and pixels, and returns how many bytes that is.
size_t penstock_jpeg_write_tables(const penstock_jpeg_encoder *encoder, uint8_t *out);

/// The rows of pixels in a row of units.
int32_t penstock_jpeg_unit_rows(const penstock_jpeg_encoder *encoder);

/// The room that `penstock_jpeg_write_rows` needs.
size_t penstock_jpeg_rows_bound(const penstock_jpeg_encoder *encoder);

/// Writes a row of units from rows `stride` bytes apart, and returns how many bytes that is.
///
/// `count` is `penstock_jpeg_unit_rows`, or what is left of the picture. Reads nothing outside the rows.
size_t penstock_jpeg_write_rows(
    penstock_jpeg_encoder *encoder, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out);

/// Writes the last bits and the mark of the end, and returns how many bytes that is.
size_t penstock_jpeg_write_end(penstock_jpeg_encoder *encoder, uint8_t *out);

#endif
