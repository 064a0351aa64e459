#include "deflate_parts.h"

enum { most_symbols = PENSTOCK_DEFLATE_SYMBOLS, most_nodes = 2 * most_symbols, symbol_bits = 9, most_bits = 16 };

/// Sorts by Shell's method: the numbers are few.
static void sort(uint32_t *values, uint32_t count) {
    static const uint32_t gaps[] = { 57, 23, 10, 4, 1 };
    for (uint32_t round = 0; round < sizeof gaps / sizeof *gaps; round++) {
        const uint32_t gap = gaps[round];
        for (uint32_t i = gap; i < count; i++) {
            const uint32_t value = values[i];
            uint32_t at = i;
            for (; at >= gap && values[at - gap] > value; at -= gap) values[at] = values[at - gap];
            values[at] = value;
        }
    }
}

/// Whichever of two queues, the leaves and the nodes above them, has the smaller weight in front.
static uint32_t lightest(const uint32_t *weights, uint32_t *leaf, uint32_t leaves, uint32_t *node, uint32_t nodes) {
    const int takes_leaf = *leaf < leaves && (*node == nodes || weights[*leaf] <= weights[*node]);
    return takes_leaf ? (*leaf)++ : (*node)++;
}

/// Counts the leaves of each depth in Huffman's tree over rising weights; what is deeper than `limit` counts as that.
static void count_depths(uint32_t *weights, uint32_t leaves, uint32_t limit, uint32_t *depths) {
    uint16_t parents[most_nodes], depth[most_nodes];
    uint32_t leaf = 0, node = leaves;
    for (uint32_t next = leaves; next < 2 * leaves - 1; next++) {
        const uint32_t a = lightest(weights, &leaf, leaves, &node, next);
        const uint32_t b = lightest(weights, &leaf, leaves, &node, next);
        weights[next] = weights[a] + weights[b];
        parents[a] = parents[b] = (uint16_t)next;
    }
    depth[2 * leaves - 2] = 0;
    for (uint32_t i = 2 * leaves - 2; i-- > 0;) {
        depth[i] = depth[parents[i]] + 1;
        if (i < leaves) depths[depth[i] < limit ? depth[i] : limit]++;
    }
}

/// Moves codes about until those that were cut to `limit` have room: each step lengthens the longest code that can be,
/// which makes room for one of them beside it.
static void make_room(uint32_t *depths, uint32_t limit) {
    uint32_t taken = 0;
    for (uint32_t bits = 1; bits <= limit; bits++) taken += depths[bits] << (limit - bits);
    for (; taken > 1u << limit; taken--) {
        uint32_t bits = limit - 1;
        while (!depths[bits]) bits--;
        depths[bits]--;
        depths[bits + 1] += 2;
        depths[limit]--;
    }
}

void penstock_code_lengths(const uint32_t *counts, uint32_t symbols, uint32_t limit, uint8_t *lengths) {
    uint32_t order[most_symbols], weights[most_nodes], depths[most_bits] = { 0 };
    uint32_t used = 0;
    for (uint32_t symbol = 0; symbol < symbols; symbol++) {
        lengths[symbol] = 0;
        if (counts[symbol]) order[used++] = counts[symbol] << symbol_bits | symbol;
    }
    sort(order, used);
    for (uint32_t i = 0; i < used; i++) weights[i] = order[i] >> symbol_bits;
    count_depths(weights, used, limit, depths);
    make_room(depths, limit);
    uint32_t bits = limit;
    for (uint32_t i = 0; i < used; i++) {
        while (!depths[bits]) bits--;
        depths[bits]--;
        lengths[order[i] & ((1u << symbol_bits) - 1)] = (uint8_t)bits;
    }
}

/// The lowest `count` bits of a code in the opposite order.
static uint32_t turned(uint32_t code, uint32_t count) {
    uint32_t result = 0;
    for (; count > 0; count--, code >>= 1) result = result << 1 | (code & 1);
    return result;
}

void penstock_code_make(penstock_deflate_code *code, uint32_t symbols) {
    uint32_t counts[most_bits] = { 0 }, next[most_bits] = { 0 };
    for (uint32_t symbol = 0; symbol < symbols; symbol++) counts[code->lengths[symbol]]++;
    counts[0] = 0;
    for (uint32_t bits = 1; bits < most_bits; bits++) next[bits] = (next[bits - 1] + counts[bits - 1]) << 1;
    for (uint32_t symbol = 0; symbol < symbols; symbol++) {
        const uint32_t length = code->lengths[symbol];
        const uint32_t bits = length ? turned(next[length]++, length) : 0;
        code->low[symbol] = (uint8_t)bits;
        code->high[symbol] = (uint8_t)(bits >> 8);
    }
}
