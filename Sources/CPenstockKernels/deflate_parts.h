/// The parts of deflate that its files share.
#ifndef PENSTOCK_DEFLATE_PARTS_H
#define PENSTOCK_DEFLATE_PARTS_H

#include "include/penstock_deflate.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "bits are stored in words of which the lowest byte comes first"
#endif

enum {
    end_of_block = 256,
    first_length_symbol = 257,
    last_length_symbol = 285,
    shortest_match = 3,
    longest_match = 258,
    bits_at_once = 56,
};

/// Adds bits, 56 at most.
static inline void penstock_put(penstock_bits *bits, uint64_t value, uint32_t count) {
    bits->pending |= value << bits->count;
    bits->count += count;
    __builtin_memcpy(bits->out, &bits->pending, sizeof bits->pending);
    bits->out += bits->count >> 3;
    bits->pending >>= bits->count & ~7u;
    bits->count &= 7;
}

/// Fills a byte that was begun with zeros.
static inline void penstock_put_rest_of_byte(penstock_bits *bits) { penstock_put(bits, 0, -bits->count & 7); }

/// A length as a symbol and extra bits.
typedef struct penstock_length {
    uint32_t symbol;
    uint32_t extra;
    uint32_t extra_bits;
} penstock_length;

static inline penstock_length penstock_length_of(uint32_t length) {
    const uint32_t above = length - shortest_match;
    if (length == longest_match) return (penstock_length){ last_length_symbol, 0, 0 };
    if (above < 8) return (penstock_length){ first_length_symbol + above, 0, 0 };
    // Symbols come in fours, each four with one more extra bit than the last.
    const uint32_t extra_bits = 31 - (uint32_t)__builtin_clz(above) - 2;
    const uint32_t symbol = first_length_symbol + 4 * extra_bits + (above >> extra_bits);
    return (penstock_length){ symbol, above & ((1u << extra_bits) - 1), extra_bits };
}

/// The part of a run that one match takes, so that what is left is nothing or long enough for another.
static inline uint32_t penstock_match_of(uint32_t run) {
    if (run <= longest_match) return run;
    return run < longest_match + shortest_match ? run - shortest_match : longest_match;
}

static inline uint32_t penstock_code_bits(const penstock_deflate_code *code, uint32_t symbol) {
    return (uint32_t)code->high[symbol] << 8 | code->low[symbol];
}

/// Finds the lengths of the shortest code for `symbols` counts, at least two of which are not zero, with no length
/// above `limit`.
void penstock_code_lengths(const uint32_t *counts, uint32_t symbols, uint32_t limit, uint8_t *lengths);

/// Fills in the codes from their lengths.
void penstock_code_make(penstock_deflate_code *code, uint32_t symbols);

/// The description of a block's code, before it is written.
typedef struct penstock_code_description {
    /// Symbols of the code of lengths, each with its extra bits above the lowest five bits.
    uint16_t items[PENSTOCK_DEFLATE_SYMBOLS + 1];
    uint32_t count;
    uint32_t symbols;
    /// How many lengths of the code of lengths are written.
    uint32_t lengths;
    penstock_deflate_code code;
    /// The bits that it takes, the block's first three included.
    uint64_t bits;
} penstock_code_description;

void penstock_describe_code(penstock_code_description *description, const uint8_t *lengths);
void penstock_put_description(penstock_bits *bits, const penstock_code_description *description, int32_t last);

size_t penstock_find_runs_scalar(const uint8_t *bytes, size_t count, penstock_deflate_run *runs);
size_t penstock_find_runs_avx2(const uint8_t *bytes, size_t count, penstock_deflate_run *runs);
size_t penstock_find_runs_avx512(const uint8_t *bytes, size_t count, penstock_deflate_run *runs);

void penstock_put_literals_scalar(
    penstock_bits *bits, const penstock_deflate_code *code, const uint8_t *bytes, size_t count);
void penstock_put_literals_avx512(
    penstock_bits *bits, const penstock_deflate_code *code, const uint8_t *bytes, size_t count);

#endif
