#include "jpeg_scalar.h"

/// Adds up to 26 bits, first highest.
static void put(penstock_jpeg_bits *bits, uint64_t code, int32_t length) {
    bits->count += length;
    bits->held |= code << (64 - bits->count);
    for (; bits->count >= 8; bits->count -= 8, bits->held <<= 8) *bits->out++ = (uint8_t)(bits->held >> 56);
}

/// The bits that tell a value's size, and those that tell it among values of its size.
static void put_value(penstock_jpeg_bits *bits, const uint32_t *codes, int32_t value) {
    const uint32_t magnitude = (uint32_t)(value < 0 ? -value : value);
    int32_t size = 0;
    while (magnitude >> size) size++;
    const uint64_t low = (uint64_t)(value < 0 ? value - 1 : value) & ((1u << size) - 1);
    put(bits, (uint64_t)(codes[size] >> 8) << size | low, (int32_t)(codes[size] & 0xFF));
}

static void put_block(penstock_jpeg_bits *bits, const uint32_t *codes, const int16_t *block) {
    int32_t run = 0;
    for (int32_t i = 1; i < PENSTOCK_JPEG_BLOCK; i++, run++) {
        if (block[i] == 0) continue;
        for (; run > 15; run -= 16) put_value(bits, codes + 0xF0, 0);
        put_value(bits, codes + 16 * run, block[i]);
        run = -1;
    }
    if (run > 0) put_value(bits, codes, 0);
}

void penstock_jpeg_code_scalar(
    penstock_jpeg_unit *unit, const int16_t *blocks, int32_t units, penstock_jpeg_bits *bits) {
    for (int32_t i = 0; i < units; i++) {
        for (int32_t k = 0; k < unit->blocks; k++, blocks += PENSTOCK_JPEG_BLOCK) {
            const int32_t component = unit->component[k];
            const uint32_t *codes = unit->codes + (component > 0 ? PENSTOCK_JPEG_CODES : 0);
            put_value(bits, codes + PENSTOCK_JPEG_FIRST_CODES, blocks[0] - unit->last[component]);
            unit->last[component] = blocks[0];
            put_block(bits, codes, blocks);
        }
    }
}

size_t penstock_jpeg_stuff_scalar(const uint8_t *raw, size_t count, uint8_t *out) {
    uint8_t *end = out;
    for (size_t i = 0; i < count; i++) {
        *end++ = raw[i];
        if (raw[i] == 0xFF) *end++ = 0;
    }
    return (size_t)(end - out);
}
