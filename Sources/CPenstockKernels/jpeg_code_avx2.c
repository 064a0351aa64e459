#if defined(__x86_64__)

#include <immintrin.h>

#include "jpeg_scalar.h"
#include "jpeg_symbols.h"
#include "variants_x86.h"

#define AVX2 __attribute__((target("avx2,fma,bmi,bmi2,popcnt")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

/// The bits on their way, in registers.
typedef struct bit_end {
    uint8_t *out;
    uint64_t held;
    uint64_t count;
} bit_end;

/// Adds up to 28 bits, twice between flushes.
AVX2_INLINE void put(bit_end *end, uint64_t bits, uint64_t length) {
    end->count += length;
    end->held |= bits << (-end->count & 63);
}

/// Writes the whole bytes.
AVX2_INLINE void flush(bit_end *end) {
    const uint64_t whole = __builtin_bswap64(end->held);
    __builtin_memcpy(end->out, &whole, sizeof whole);
    end->out += end->count >> 3;
    end->held <<= end->count & 56;
    end->count &= 7;
}

/// Adds a value behind a run of zeros.
AVX2_INLINE void put_value(bit_end *end, const uint32_t *codes, int32_t value) {
    const int32_t sign = value >> 31;
    const uint32_t magnitude = (uint32_t)((value ^ sign) - sign);
    const uint32_t size = magnitude == 0 ? 0 : 32u - (uint32_t)__builtin_clz(magnitude);
    const uint32_t code = codes[size];
    put(end, (uint64_t)(code >> 8) << size | _bzhi_u32((uint32_t)(value + sign), size), code & 0xFF);
}

AVX2_INLINE __m256i load(const int16_t *values) { return _mm256_loadu_si256((const __m256i *)(const void *)values); }

/// Which of 32 values are zero.
AVX2_INLINE uint64_t zeros(const int16_t *values) {
    const __m256i none = _mm256_setzero_si256();
    const __m256i packed = _mm256_packs_epi16(
        _mm256_cmpeq_epi16(load(values), none), _mm256_cmpeq_epi16(load(values + 16), none));
    return (uint32_t)_mm256_movemask_epi8(_mm256_permute4x64_epi64(packed, 0xD8));
}

/// Adds the next symbol of a block, and takes it out of `coded`; returns its place.
AVX2_INLINE int put_next(bit_end *end, const uint32_t *codes, const int16_t *block, int last, uint64_t *coded) {
    const int place = __builtin_ctzll(*coded);
    *coded &= *coded - 1;
    put_value(end, codes + 16 * (place - last - 1), block[place]);
    return place;
}

AVX2_INLINE void put_block(bit_end *end, const uint32_t *codes, const int16_t *block) {
    uint64_t coded = jpeg_symbols(~(zeros(block) | zeros(block + 32) << 32)) & ~1ull;
    for (int last = 0; coded != 0; flush(end)) {
        last = put_next(end, codes, block, last, &coded);
        if (coded != 0) last = put_next(end, codes, block, last, &coded);
    }
}

AVX2 void penstock_jpeg_code_avx2(
    penstock_jpeg_unit *unit, const int16_t *blocks, int32_t units, penstock_jpeg_bits *bits) {
    bit_end end = { bits->out, bits->held, (uint64_t)bits->count };
    for (int32_t i = 0; i < units; i++) {
        for (int32_t k = 0; k < unit->blocks; k++, blocks += PENSTOCK_JPEG_BLOCK) {
            const int32_t component = unit->component[k];
            const uint32_t *codes = unit->codes + (component > 0 ? PENSTOCK_JPEG_CODES : 0);
            put_value(&end, codes + PENSTOCK_JPEG_FIRST_CODES, blocks[0] - unit->last[component]);
            flush(&end);
            unit->last[component] = blocks[0];
            put_block(&end, codes, blocks);
        }
    }
    *bits = (penstock_jpeg_bits){ end.out, end.held, (int32_t)end.count };
}

/// Copies 32 bytes, and tells which are all ones.
AVX2_INLINE uint32_t copied(const uint8_t *raw, uint8_t *out) {
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)raw);
    _mm256_storeu_si256((__m256i *)(void *)out, bytes);
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(-1)));
}

AVX2 size_t penstock_jpeg_stuff_avx2(const uint8_t *raw, size_t count, uint8_t *out) {
    enum { at_once = 32 };
    uint8_t *end = out;
    size_t at = 0;
    while (at + at_once <= count) {
        const uint32_t full = copied(raw + at, end);
        // Most stretches have no such byte: the way through does not wait for their places.
        if (__builtin_expect(full == 0, 1)) {
            at += at_once;
            end += at_once;
            continue;
        }
        const size_t first = (size_t)__builtin_ctz(full);
        end[first + 1] = 0;
        at += first + 1;
        end += first + 2;
    }
    return (size_t)(end - out) + penstock_jpeg_stuff_scalar(raw + at, count - at, end);
}

#endif
