/// Deflate (RFC 1951), made fast for filtered pixels: of repetitions only a byte that goes on is found, and the codes
/// are fitted to each block.
#ifndef PENSTOCK_DEFLATE_H
#define PENSTOCK_DEFLATE_H

#include <stddef.h>
#include <stdint.h>

#include "penstock_kernels.h"

/// Sizes of the format, and what is made of them here.
enum {
    /// The bytes that share a code, at most; a stored block can hold no more.
    PENSTOCK_DEFLATE_BLOCK = 65535,
    /// The shortest run that is worth a code of its own; the format has 3.
    PENSTOCK_DEFLATE_SHORTEST_RUN = 4,
    /// Symbols for literals, the end of a block, and lengths.
    PENSTOCK_DEFLATE_SYMBOLS = 286,
    /// The longest code. The format has 15; four codes of 14 bits and 7 bits left over fit in a 64-bit word.
    PENSTOCK_DEFLATE_LONGEST_CODE = 14,
    /// The bytes behind the last one written that may be overwritten.
    PENSTOCK_DEFLATE_SLACK = 8,
};

/// Bytes of a block that all equal the byte before `start`.
typedef struct penstock_deflate_run {
    uint32_t start;
    uint32_t length;
} penstock_deflate_run;

/// A Huffman code, each symbol's bits turned round as the format wants them.
typedef struct penstock_deflate_code {
    /// Low and high bytes of the codes, and their lengths, in tables that vectors can look up.
    uint8_t low[PENSTOCK_DEFLATE_SYMBOLS + 2];
    uint8_t high[PENSTOCK_DEFLATE_SYMBOLS + 2];
    uint8_t lengths[PENSTOCK_DEFLATE_SYMBOLS + 2];
} penstock_deflate_code;

/// Bits on their way into bytes, lowest first.
typedef struct penstock_bits {
    /// Where the next whole byte goes.
    uint8_t *out;
    /// The bits that do not fill a byte yet.
    uint64_t pending;
    /// How many those are: 7 at most.
    uint32_t count;
} penstock_bits;

/// One variant of the steps of deflate. All variants give the same bytes.
typedef struct penstock_deflate_kernels {
    /// Finds the runs in up to `PENSTOCK_DEFLATE_BLOCK` bytes, in order, and says how many there are.
    size_t (*find_runs)(const uint8_t *bytes, size_t count, penstock_deflate_run *runs);

    /// Writes the codes of bytes.
    void (*put_literals)(
        penstock_bits *bits, const penstock_deflate_code *code, const uint8_t *bytes, size_t count);
} penstock_deflate_kernels;

/// A stream under way, and scratch memory; filled with zeros, it is a stream at its start.
typedef struct penstock_deflater {
    penstock_bits bits;
    penstock_deflate_code code;
    uint32_t counts[PENSTOCK_DEFLATE_SYMBOLS];
    penstock_deflate_run runs[PENSTOCK_DEFLATE_BLOCK / PENSTOCK_DEFLATE_SHORTEST_RUN + 1];
} penstock_deflater;

/// The steps of one variant, or NULL where this processor or this build lacks it.
const penstock_deflate_kernels *penstock_deflate_kernels_of(penstock_variant variant);

/// The most bytes that `count` bytes can become, slack included.
size_t penstock_deflate_bound(size_t count);

/// Adds bytes to a stream, and returns how many it wrote to `out`, which has room for the bound.
///
/// The stream ends with the bytes that come with `last`; there may be none.
size_t penstock_deflate(
    const penstock_deflate_kernels *kernels, penstock_deflater *stream, const uint8_t *bytes, size_t count,
    int32_t last, uint8_t *out);

/// Adds bytes as they are; as `penstock_deflate` otherwise.
size_t penstock_deflate_stored(
    penstock_deflater *stream, const uint8_t *bytes, size_t count, int32_t last, uint8_t *out);

#endif
