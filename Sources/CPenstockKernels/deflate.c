#include "deflate_parts.h"

enum { count_tables = 4, stored_header = 4 };

/// Counts bytes, in turns in several tables: a byte that comes twice need not wait for its own count.
static void count_bytes(const uint8_t *bytes, size_t count, uint32_t tables[count_tables][256]) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t word;
        __builtin_memcpy(&word, bytes + i, sizeof word);
        for (uint32_t place = 0; place < 8; place++) tables[place % count_tables][(uint8_t)(word >> (8 * place))]++;
    }
    for (; i < count; i++) tables[0][bytes[i]]++;
}

/// Counts what a run becomes, and returns its extra bits and its distances' bits.
static uint64_t count_run(uint32_t run, uint32_t *counts) {
    uint64_t bits = 0;
    while (run > 0) {
        const uint32_t match = penstock_match_of(run);
        const penstock_length length = penstock_length_of(match);
        counts[length.symbol]++;
        bits += length.extra_bits + 1;
        run -= match;
    }
    return bits;
}

/// Counts the symbols of a block, and returns the bits that it needs beside them.
static uint64_t count_symbols(penstock_deflater *stream, const uint8_t *bytes, size_t count, size_t runs) {
    uint32_t tables[count_tables][256] = { { 0 } };
    uint32_t *counts = stream->counts;
    uint64_t extra = 0;
    size_t at = 0;
    __builtin_memset(counts, 0, sizeof stream->counts);
    for (size_t i = 0; i < runs; i++) {
        const penstock_deflate_run run = stream->runs[i];
        count_bytes(bytes + at, run.start - at, tables);
        extra += count_run(run.length, counts);
        at = run.start + run.length;
    }
    count_bytes(bytes + at, count - at, tables);
    for (uint32_t byte = 0; byte < 256; byte++) {
        for (uint32_t table = 0; table < count_tables; table++) counts[byte] += tables[table][byte];
    }
    counts[end_of_block] = 1;
    return extra;
}

static void put_symbol(penstock_bits *bits, const penstock_deflate_code *code, uint32_t symbol) {
    penstock_put(bits, penstock_code_bits(code, symbol), code->lengths[symbol]);
}

static void put_run(penstock_bits *bits, const penstock_deflate_code *code, uint32_t run) {
    while (run > 0) {
        const uint32_t match = penstock_match_of(run);
        const penstock_length length = penstock_length_of(match);
        put_symbol(bits, code, length.symbol);
        // The distance, always 1, is a single zero behind the extra bits.
        penstock_put(bits, length.extra, length.extra_bits + 1);
        run -= match;
    }
}

static void put_symbols(
    const penstock_deflate_kernels *kernels, penstock_deflater *stream, const uint8_t *bytes, size_t count,
    size_t runs) {
    size_t at = 0;
    for (size_t i = 0; i < runs; i++) {
        const penstock_deflate_run run = stream->runs[i];
        kernels->put_literals(&stream->bits, &stream->code, bytes + at, run.start - at);
        put_run(&stream->bits, &stream->code, run.length);
        at = run.start + run.length;
    }
    kernels->put_literals(&stream->bits, &stream->code, bytes + at, count - at);
    put_symbol(&stream->bits, &stream->code, end_of_block);
}

static void put_stored(penstock_bits *bits, const uint8_t *bytes, size_t count, int32_t last) {
    penstock_put(bits, last ? 1 : 0, 3);
    penstock_put_rest_of_byte(bits);
    penstock_put(bits, count | (~count & 0xFFFF) << 16, 8 * stored_header);
    if (count) __builtin_memcpy(bits->out, bytes, count);
    bits->out += count;
}

static void put_block(
    const penstock_deflate_kernels *kernels, penstock_deflater *stream, const uint8_t *bytes, size_t count,
    int32_t last) {
    const size_t runs = kernels->find_runs(bytes, count, stream->runs);
    uint64_t needed = count_symbols(stream, bytes, count, runs);
    penstock_code_lengths(
        stream->counts, PENSTOCK_DEFLATE_SYMBOLS, PENSTOCK_DEFLATE_LONGEST_CODE, stream->code.lengths);
    penstock_code_description description;
    penstock_describe_code(&description, stream->code.lengths);
    needed += description.bits;
    for (uint32_t i = 0; i < PENSTOCK_DEFLATE_SYMBOLS; i++) needed += stream->counts[i] * stream->code.lengths[i];
    if (needed >= 8 * (count + stored_header)) {
        put_stored(&stream->bits, bytes, count, last);
        return;
    }
    penstock_code_make(&stream->code, PENSTOCK_DEFLATE_SYMBOLS);
    penstock_put_description(&stream->bits, &description, last);
    put_symbols(kernels, stream, bytes, count, runs);
}

size_t penstock_deflate_bound(size_t count) {
    // At worst each block is stored, with a byte for what was begun before it and one for its first bits.
    return count + (count / PENSTOCK_DEFLATE_BLOCK + 1) * (stored_header + 2) + 1 + PENSTOCK_DEFLATE_SLACK;
}

size_t penstock_deflate(
    const penstock_deflate_kernels *kernels, penstock_deflater *stream, const uint8_t *bytes, size_t count,
    int32_t last, uint8_t *out) {
    stream->bits.out = out;
    do {
        const size_t taken = count < PENSTOCK_DEFLATE_BLOCK ? count : PENSTOCK_DEFLATE_BLOCK;
        const int32_t is_last = last && taken == count;
        if (taken) put_block(kernels, stream, bytes, taken, is_last);
        else if (is_last) put_stored(&stream->bits, bytes, 0, 1);
        bytes += taken;
        count -= taken;
    } while (count > 0);
    if (last) penstock_put_rest_of_byte(&stream->bits);
    return (size_t)(stream->bits.out - out);
}

size_t penstock_deflate_stored(
    penstock_deflater *stream, const uint8_t *bytes, size_t count, int32_t last, uint8_t *out) {
    stream->bits.out = out;
    do {
        const size_t taken = count < PENSTOCK_DEFLATE_BLOCK ? count : PENSTOCK_DEFLATE_BLOCK;
        put_stored(&stream->bits, bytes, taken, last && taken == count);
        bytes += taken;
        count -= taken;
    } while (count > 0);
    return (size_t)(stream->bits.out - out);
}
