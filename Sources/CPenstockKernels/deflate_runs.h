/// Finding runs in words of 64 bits, each of which says of a byte whether it equals the one before.
#ifndef PENSTOCK_DEFLATE_RUNS_H
#define PENSTOCK_DEFLATE_RUNS_H

#include "deflate_parts.h"

enum { word_bits = 64 };

/// What has been found, and the run that the last word ended in, if its length is not zero.
typedef struct run_search {
    penstock_deflate_run *runs;
    size_t found;
    penstock_deflate_run open;
} run_search;

static inline uint32_t trailing_ones(uint64_t word) {
    return ~word ? (uint32_t)__builtin_ctzll(~word) : word_bits;
}

static inline void close_run(run_search *search) {
    if (search->open.length >= PENSTOCK_DEFLATE_SHORTEST_RUN) search->runs[search->found++] = search->open;
    search->open.length = 0;
}

/// Looks at the word of the bytes from `at` on, which follow those of the word before.
static inline void search_word(run_search *search, uint64_t word, uint32_t at) {
    uint32_t from = 0;
    if (search->open.length) {
        from = trailing_ones(word);
        search->open.length += from;
        if (from == word_bits) return;
        close_run(search);
    }
    word &= UINT64_MAX << from;
    // Where at least four bits follow each other, as the shortest run has.
    _Static_assert(PENSTOCK_DEFLATE_SHORTEST_RUN == 4, "the word is shifted three times");
    uint64_t starts = word & word >> 1 & word >> 2 & word >> 3;
    while (starts) {
        const uint32_t start = (uint32_t)__builtin_ctzll(starts);
        const uint32_t length = trailing_ones(word >> start);
        search->open = (penstock_deflate_run){ at + start, length };
        if (start + length == word_bits) return;
        close_run(search);
        starts &= UINT64_MAX << (start + length);
    }
    if (word >> (word_bits - 1)) {
        const uint32_t length = (uint32_t)__builtin_clzll(~word);
        search->open = (penstock_deflate_run){ at + word_bits - length, length };
    }
}

/// Ends the search, and says how many runs there are.
static inline size_t finish_search(run_search *search) {
    close_run(search);
    return search->found;
}

#endif
