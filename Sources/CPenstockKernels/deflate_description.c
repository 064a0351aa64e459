#include "deflate_parts.h"

/// The alphabet in which a code's lengths are written: lengths up to 15, and repetitions.
enum {
    length_symbols = 19,
    repeat_last = 16,
    repeat_zero = 17,
    repeat_zero_long = 18,
    longest_length_code = 7,
    fewest_lengths = 4,
    symbol_bits = 5,
    header_bits = 3 + 5 + 5 + 4,
};

/// The order in which the lengths of that alphabet's own code are written.
static const uint8_t written_order[length_symbols] = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
};

static uint32_t extra_bits_of(uint32_t symbol) {
    return symbol == repeat_last ? 2 : symbol == repeat_zero ? 3 : symbol == repeat_zero_long ? 7 : 0;
}

static void add(penstock_code_description *description, uint32_t symbol, uint32_t extra) {
    description->items[description->count++] = (uint16_t)(symbol | extra << symbol_bits);
}

/// Adds `count` times the same length.
static void add_lengths(penstock_code_description *description, uint32_t length, uint32_t count) {
    if (length) {
        add(description, length, 0);
        count--;
    }
    while (count >= 3) {
        const uint32_t most = length ? 6 : count > 10 ? 138 : 10;
        const uint32_t taken = count < most ? count : most;
        if (length) add(description, repeat_last, taken - 3);
        else if (taken > 10) add(description, repeat_zero_long, taken - 11);
        else add(description, repeat_zero, taken - 3);
        count -= taken;
    }
    for (; count > 0; count--) add(description, length, 0);
}

/// Adds the lengths of the code for literals, and one distance, 1, in a code of one bit.
static void add_code(penstock_code_description *description, const uint8_t *lengths) {
    for (uint32_t symbol = 0; symbol < description->symbols;) {
        uint32_t end = symbol + 1;
        while (end < description->symbols && lengths[end] == lengths[symbol]) end++;
        add_lengths(description, lengths[symbol], end - symbol);
        symbol = end;
    }
    add_lengths(description, 1, 1);
}

void penstock_describe_code(penstock_code_description *description, const uint8_t *lengths) {
    description->count = 0;
    description->symbols = PENSTOCK_DEFLATE_SYMBOLS;
    while (!lengths[description->symbols - 1]) description->symbols--;
    add_code(description, lengths);
    uint32_t counts[length_symbols] = { 0 };
    for (uint32_t i = 0; i < description->count; i++) counts[description->items[i] % (1 << symbol_bits)]++;
    penstock_code_lengths(counts, length_symbols, longest_length_code, description->code.lengths);
    penstock_code_make(&description->code, length_symbols);
    description->lengths = length_symbols;
    while (description->lengths > fewest_lengths
           && !description->code.lengths[written_order[description->lengths - 1]]) description->lengths--;
    description->bits = header_bits + 3 * description->lengths;
    for (uint32_t symbol = 0; symbol < length_symbols; symbol++) {
        description->bits += counts[symbol] * (description->code.lengths[symbol] + extra_bits_of(symbol));
    }
}

void penstock_put_description(penstock_bits *bits, const penstock_code_description *description, int32_t last) {
    const uint32_t fitted_codes = 2;
    penstock_put(bits, (last ? 1 : 0) | fitted_codes << 1, 3);
    penstock_put(bits, description->symbols - first_length_symbol, 5);
    penstock_put(bits, 0, 5);
    penstock_put(bits, description->lengths - fewest_lengths, 4);
    for (uint32_t i = 0; i < description->lengths; i++) {
        penstock_put(bits, description->code.lengths[written_order[i]], 3);
    }
    for (uint32_t i = 0; i < description->count; i++) {
        const uint32_t symbol = description->items[i] % (1 << symbol_bits);
        penstock_put(bits, penstock_code_bits(&description->code, symbol), description->code.lengths[symbol]);
        penstock_put(bits, description->items[i] >> symbol_bits, extra_bits_of(symbol));
    }
}
