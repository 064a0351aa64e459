#if defined(__x86_64__)

#include <immintrin.h>

#include "jpeg_symbols.h"
#include "variants_x86.h"

#define AVX512 __attribute__(( \
    target("avx2,avx512f,avx512bw,avx512vl,avx512cd,avx512vbmi,avx512vbmi2,avx512vnni,bmi,bmi2,lzcnt,popcnt")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

/// Symbols that are looked up at a time, and the most bits that can be added to a byte's beginning.
enum { group = 16, most_bits = 56 };

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

/// The symbols of a block: runs of zeros before each, and the values, in the order of the block.
typedef struct symbols {
    _Alignas(64) uint8_t runs[64];
    _Alignas(64) int16_t values[64];
} symbols;

/// Collects a block's symbols, the first of which is the difference that stands for its first coefficient.
AVX512_INLINE int collect(const int16_t *block, int32_t difference, symbols *out) {
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
        _mm512_set1_epi8(-17), ~1ull, _mm512_sub_epi8(places, _mm512_set1_epi8(1)), at);
    _mm512_store_si512(out->runs, _mm512_sub_epi8(_mm512_sub_epi8(at, before), _mm512_set1_epi8(1)));
    const __m512i first = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(at));
    const __m512i second = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(at, 1));
    _mm512_store_si512(out->values, _mm512_permutex2var_epi16(low, first, high));
    _mm512_store_si512(out->values + 32, _mm512_permutex2var_epi16(low, second, high));
    return (int)_mm_popcnt_u64(coded);
}

/// Writes 16 symbols, or as many as `live` says.
AVX512_INLINE void put_group(
    const symbols *symbols, int first, __mmask16 live, const uint32_t *codes, bit_end *end) {
    const __m512i run = _mm512_cvtepu8_epi32(_mm_load_si128((const __m128i *)(const void *)(symbols->runs + first)));
    const __m512i value =
        _mm512_cvtepi16_epi32(_mm256_load_si256((const __m256i *)(const void *)(symbols->values + first)));
    const __m512i size = _mm512_sub_epi32(_mm512_set1_epi32(32), _mm512_lzcnt_epi32(_mm512_abs_epi32(value)));
    const __m512i index = _mm512_add_epi32(_mm512_slli_epi32(run, 4), size);
    const __m512i code = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), live, index, codes, 4);
    // A value below zero is told by the bits of the number before it.
    const __m512i number = _mm512_add_epi32(value, _mm512_srai_epi32(value, 31));
    const __m512i beyond = _mm512_sllv_epi32(_mm512_set1_epi32(-1), size);
    const __m512i low = _mm512_maskz_andnot_epi32(live, beyond, number);
    const __m512i bits = _mm512_or_si512(_mm512_sllv_epi32(_mm512_srli_epi32(code, 8), size), low);
    const __m512i length = _mm512_and_si512(code, _mm512_set1_epi32(0xFF));
    // Two symbols make a pair, two pairs a four.
    const __m512i odd_length = _mm512_srli_epi64(length, 32);
    const __m512i lower = _mm512_maskz_mov_epi32(0x5555, bits);
    const __m512i pair = _mm512_or_si512(_mm512_sllv_epi64(lower, odd_length), _mm512_srli_epi64(bits, 32));
    const __m512i pair_length = _mm512_add_epi64(odd_length, _mm512_maskz_mov_epi32(0x5555, length));
    const __m512i next_length = _mm512_shuffle_epi32(pair_length, 0x4E);
    const __m512i four_length = _mm512_add_epi64(pair_length, next_length);
    _Alignas(64) uint64_t parts[8], lengths[8];
    if (__builtin_expect(_mm512_cmpgt_epi64_mask(four_length, _mm512_set1_epi64(most_bits)) == 0, 1)) {
        const __m512i next = _mm512_shuffle_epi32(pair, 0x4E);
        _mm512_store_si512(parts, _mm512_or_si512(_mm512_sllv_epi64(pair, next_length), next));
        _mm512_store_si512(lengths, four_length);
        for (int i = 0; i < 8; i += 2) put(end, parts[i], lengths[i]);
    } else {
        _mm512_store_si512(parts, pair);
        _mm512_store_si512(lengths, pair_length);
        for (int i = 0; i < 8; i++) put(end, parts[i], lengths[i]);
    }
}

AVX512 void penstock_jpeg_code_avx512(
    penstock_jpeg_unit *unit, const int16_t *blocks, int32_t units, penstock_jpeg_bits *bits) {
    bit_end end = { bits->out, bits->held, (uint64_t)bits->count };
    for (int32_t i = 0; i < units; i++) {
        for (int32_t k = 0; k < unit->blocks; k++, blocks += PENSTOCK_JPEG_BLOCK) {
            const int32_t component = unit->component[k];
            symbols found;
            const int count = collect(blocks, blocks[0] - unit->last[component], &found);
            unit->last[component] = blocks[0];
            for (int first = 0; first < count; first += group) {
                const __mmask16 live = (__mmask16)_bzhi_u32(0xFFFF, (uint32_t)(count - first));
                put_group(&found, first, live, unit->codes[component], &end);
            }
        }
    }
    *bits = (penstock_jpeg_bits){ end.out, end.held, (int32_t)end.count };
}

#endif
