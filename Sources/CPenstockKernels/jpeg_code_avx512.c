#if defined(__x86_64__)

#include <immintrin.h>

#include "jpeg_symbols.h"
#include "variants_x86.h"

#define AVX512 __attribute__(( \
    target("avx2,avx512f,avx512bw,avx512vl,avx512cd,avx512vbmi,avx512vbmi2,avx512vnni,bmi,bmi2,popcnt")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

/// Symbols that are looked up at a time, the most bits that can be added to a byte's beginning, and the blocks whose
/// symbols are collected before any is looked up: in a row they fill their groups, and no branch depends on a block.
enum { group = 16, most_bits = 56, blocks_at_once = 16 };
/// The runs, in units of 16 codes, that lead to the codes of first coefficients, and to those of chroma.
enum { first_run = PENSTOCK_JPEG_FIRST_CODES / 16, chroma_runs = PENSTOCK_JPEG_CODES / 16 };

/// The bits on their way, in registers.
typedef struct bit_end {
    uint8_t *out;
    uint64_t held;
    uint64_t count;
} bit_end;

/// Adds up to 56 bits behind fewer than 8.
AVX512_INLINE void put(bit_end *end, uint64_t bits, uint64_t length) {
    end->count += length;
    end->held |= bits << (-end->count & 63);
    const uint64_t whole = __builtin_bswap64(end->held);
    __builtin_memcpy(end->out, &whole, sizeof whole);
    end->out += end->count >> 3;
    end->held <<= end->count & 56;
    end->count &= 7;
}

/// The symbols of some blocks, one after another: what precedes a value in the tables of codes, in units of 16 codes,
/// and the values.
typedef struct symbols {
    _Alignas(64) uint8_t runs[(blocks_at_once + 1) * PENSTOCK_JPEG_BLOCK];
    _Alignas(64) int16_t values[(blocks_at_once + 1) * PENSTOCK_JPEG_BLOCK];
    int count;
} symbols;

/// Adds a block's symbols, the first of which is the difference that stands for its first coefficient.
AVX512_INLINE void collect(const int16_t *block, int32_t difference, int is_chroma, symbols *out) {
    const __m512i places = _mm512_set_epi8(
        63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41, 40, 39, 38, 37, 36,
        35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8,
        7, 6, 5, 4, 3, 2, 1, 0);
    const __m512i low = _mm512_mask_set1_epi16(_mm512_loadu_si512(block), 1, (int16_t)difference);
    const __m512i high = _mm512_loadu_si512(block + 32);
    const uint64_t values = _mm512_test_epi16_mask(low, low) | (uint64_t)_mm512_test_epi16_mask(high, high) << 32;
    const uint64_t coded = jpeg_symbols(values);
    const __m512i at = _mm512_maskz_compress_epi8(coded, places);
    // A run of 16 before the first leads behind the codes of the others.
    const __m512i before = _mm512_mask_permutexvar_epi8(
        _mm512_set1_epi8(-1 - first_run), ~1ull, _mm512_sub_epi8(places, _mm512_set1_epi8(1)), at);
    const __m512i table = _mm512_set1_epi8((char)(is_chroma ? chroma_runs - 1 : -1));
    _mm512_storeu_si512(out->runs + out->count, _mm512_add_epi8(_mm512_sub_epi8(at, before), table));
    const __m512i first = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(at));
    const __m512i second = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(at, 1));
    _mm512_storeu_si512(out->values + out->count, _mm512_permutex2var_epi16(low, first, high));
    _mm512_storeu_si512(out->values + out->count + 32, _mm512_permutex2var_epi16(low, second, high));
    out->count += (int)_mm_popcnt_u64(coded);
}

/// Bits of symbols, two in each part: the first's above the second's.
typedef struct pairs {
    __m512i bits, length;
} pairs;

/// The bits of 16 symbols, or of as many as `live` says.
AVX512_INLINE pairs bits_of(const symbols *symbols, int first, __mmask16 live, const uint32_t *codes) {
    const __m512i run = _mm512_cvtepu8_epi32(_mm_load_si128((const __m128i *)(const void *)(symbols->runs + first)));
    const __m512i value =
        _mm512_cvtepi16_epi32(_mm256_load_si256((const __m256i *)(const void *)(symbols->values + first)));
    const __m512i size = _mm512_sub_epi32(_mm512_set1_epi32(32), _mm512_lzcnt_epi32(_mm512_abs_epi32(value)));
    const __m512i index = _mm512_add_epi32(_mm512_slli_epi32(run, 4), size);
    const __m512i code = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), live, index, codes, 4);
    // A value below zero is told by the bits of the number before it.
    const __m512i number = _mm512_add_epi32(value, _mm512_srai_epi32(value, 31));
    const __m512i low = _mm512_maskz_andnot_epi32(live, _mm512_sllv_epi32(_mm512_set1_epi32(-1), size), number);
    const __m512i bits = _mm512_or_si512(_mm512_sllv_epi32(_mm512_srli_epi32(code, 8), size), low);
    const __m512i length = _mm512_and_si512(code, _mm512_set1_epi32(0xFF));
    const __m512i second_length = _mm512_srli_epi64(length, 32);
    const __m512i upper = _mm512_sllv_epi64(_mm512_maskz_mov_epi32(0x5555, bits), second_length);
    return (pairs){
        _mm512_or_si512(upper, _mm512_srli_epi64(bits, 32)),
        _mm512_add_epi64(second_length, _mm512_maskz_mov_epi32(0x5555, length)),
    };
}

/// Writes 16 symbols' bits: four symbols at a time, unless so many may have too many bits.
AVX512_INLINE void put_pairs(pairs some, bit_end *end) {
    _Alignas(64) uint64_t bits[8], lengths[8];
    const __m512i next_length = _mm512_shuffle_epi32(some.length, _MM_PERM_BADC);
    const __m512i length = _mm512_add_epi64(some.length, next_length);
    if (__builtin_expect(_mm512_cmpgt_epi64_mask(length, _mm512_set1_epi64(most_bits)) == 0, 1)) {
        const __m512i next = _mm512_shuffle_epi32(some.bits, _MM_PERM_BADC);
        _mm512_store_si512(bits, _mm512_or_si512(_mm512_sllv_epi64(some.bits, next_length), next));
        _mm512_store_si512(lengths, length);
        for (int i = 0; i < 8; i += 2) put(end, bits[i], lengths[i]);
    } else {
        _mm512_store_si512(bits, some.bits);
        _mm512_store_si512(lengths, some.length);
        for (int i = 0; i < 8; i++) put(end, bits[i], lengths[i]);
    }
}

AVX512_INLINE void put_symbols(const symbols *symbols, const uint32_t *codes, bit_end *end) {
    int first = 0;
    for (; first + group <= symbols->count; first += group) put_pairs(bits_of(symbols, first, 0xFFFF, codes), end);
    if (first == symbols->count) return;
    const __mmask16 live = (__mmask16)_bzhi_u32(0xFFFF, (uint32_t)(symbols->count - first));
    put_pairs(bits_of(symbols, first, live, codes), end);
}

AVX512 void penstock_jpeg_code_avx512(
    penstock_jpeg_unit *unit, const int16_t *blocks, int32_t units, penstock_jpeg_bits *bits) {
    bit_end end = { bits->out, bits->held, (uint64_t)bits->count };
    const int32_t count = units * unit->blocks;
    symbols found;
    for (int32_t i = 0, k = 0; i < count; i += blocks_at_once) {
        found.count = 0;
        for (int32_t j = i; j < count && j < i + blocks_at_once; j++, blocks += PENSTOCK_JPEG_BLOCK) {
            const int32_t component = unit->component[k];
            collect(blocks, blocks[0] - unit->last[component], component > 0, &found);
            unit->last[component] = blocks[0];
            k = k + 1 < unit->blocks ? k + 1 : 0;
        }
        put_symbols(&found, unit->codes, &end);
    }
    *bits = (penstock_jpeg_bits){ end.out, end.held, (int32_t)end.count };
}

AVX512 size_t penstock_jpeg_stuff_avx512(const uint8_t *raw, size_t count, uint8_t *out) {
    enum { at_once = 32 };
    const uint64_t bytes_of_words = 0x5555555555555555;
    uint8_t *end = out;
    for (size_t at = 0; at < count; at += at_once) {
        const uint32_t some = _bzhi_u32(~0u, count - at < at_once ? (uint32_t)(count - at) : at_once);
        const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(raw + at));
        // Three bytes in a hundred are all ones, so that a branch would often be taken: each byte has its zero ready.
        const uint32_t full = _mm256_cmpeq_epi8_mask(bytes, _mm256_set1_epi8(-1)) & some;
        const uint64_t kept = _pdep_u64(some, bytes_of_words) | _pdep_u64(full, ~bytes_of_words);
        _mm512_storeu_si512(end, _mm512_maskz_compress_epi8(kept, _mm512_cvtepu8_epi16(bytes)));
        end += _mm_popcnt_u64(kept);
    }
    return (size_t)(end - out);
}

#endif
