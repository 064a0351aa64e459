/// Which coefficients of a block make symbols.
#ifndef PENSTOCK_JPEG_SYMBOLS_H
#define PENSTOCK_JPEG_SYMBOLS_H

#include <stdint.h>

/// Given where a block is not zero, adds the zeros that are coded too: the sixteenth of each long run, and the first
/// behind the last value, which stands for the end. All these have a size of zero, and their runs are what is coded.
__attribute__((always_inline)) static inline uint64_t jpeg_symbols(uint64_t values) {
    values |= 1;
    const uint64_t end = 1ull << (63 - __builtin_clzll(values)) << 1;
    // Where sixteen zeros begin, before the last value.
    uint64_t runs = ~values & (end - 1);
    runs &= runs >> 1;
    runs &= runs >> 2;
    runs &= runs >> 4;
    runs &= runs >> 8;
    while (__builtin_expect(runs != 0, 0)) {
        const int first = __builtin_ctzll(runs);
        values |= 1ull << (first + 15);
        runs &= ~0ull << (first + 15) << 1;
    }
    return values | end;
}

#endif
