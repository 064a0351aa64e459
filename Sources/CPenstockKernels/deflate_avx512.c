#if defined(__x86_64__)

#include <immintrin.h>

#include "deflate_runs.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

enum { bytes_at_once = 64 };

/// A table of 256 bytes.
typedef struct table {
    __m512i parts[4];
} table;

AVX512_INLINE table load_table(const uint8_t *bytes) {
    table all;
    for (int part = 0; part < 4; part++) all.parts[part] = _mm512_loadu_si512(bytes + part * bytes_at_once);
    return all;
}

AVX512_INLINE __m512i look_up(const table *all, __m512i bytes, __mmask64 mask) {
    // Each lookup takes seven bits; the eighth chooses between them.
    const __m512i lower = _mm512_maskz_permutex2var_epi8(mask, all->parts[0], bytes, all->parts[1]);
    const __m512i upper = _mm512_maskz_permutex2var_epi8(mask, all->parts[2], bytes, all->parts[3]);
    return _mm512_mask_mov_epi8(lower, _mm512_movepi8_mask(bytes), upper);
}

/// Codes in lanes, and their lengths.
typedef struct codes {
    __m512i bits;
    __m512i lengths;
} codes;

AVX512_INLINE codes join32(codes first, codes second) {
    return (codes){
        _mm512_or_si512(first.bits, _mm512_sllv_epi32(second.bits, first.lengths)),
        _mm512_add_epi32(first.lengths, second.lengths),
    };
}

AVX512_INLINE codes join64(codes first, codes second) {
    return (codes){
        _mm512_or_si512(first.bits, _mm512_sllv_epi64(second.bits, first.lengths)),
        _mm512_add_epi64(first.lengths, second.lengths),
    };
}

/// The lower 16 bits of each 32, or the upper ones.
AVX512_INLINE codes lower16(codes all) {
    const __m512i mask = _mm512_set1_epi32(0xFFFF);
    return (codes){ _mm512_and_si512(all.bits, mask), _mm512_and_si512(all.lengths, mask) };
}
AVX512_INLINE codes upper16(codes all) {
    return (codes){ _mm512_srli_epi32(all.bits, 16), _mm512_srli_epi32(all.lengths, 16) };
}

/// The lower 32 bits of each 64, or the upper ones.
AVX512_INLINE codes lower32(codes all) {
    const __m512i mask = _mm512_set1_epi64(0xFFFFFFFF);
    return (codes){ _mm512_and_si512(all.bits, mask), _mm512_and_si512(all.lengths, mask) };
}
AVX512_INLINE codes upper32(codes all) {
    return (codes){ _mm512_srli_epi64(all.bits, 32), _mm512_srli_epi64(all.lengths, 32) };
}

/// Adds eight words.
AVX512_INLINE void put_eight(penstock_bits *bits, codes all) {
    uint64_t words[8], lengths[8];
    _mm512_storeu_si512(words, all.bits);
    _mm512_storeu_si512(lengths, all.lengths);
    for (int i = 0; i < 8; i++) penstock_put(bits, words[i], (uint32_t)lengths[i]);
}

/// Adds eight words, each followed by the one of the same place in `second`.
AVX512_INLINE void put_sixteen(penstock_bits *bits, codes first, codes second) {
    const __m512i lower = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
    const __m512i upper = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
    put_eight(bits, (codes){
        _mm512_permutex2var_epi64(first.bits, lower, second.bits),
        _mm512_permutex2var_epi64(first.lengths, lower, second.lengths),
    });
    put_eight(bits, (codes){
        _mm512_permutex2var_epi64(first.bits, upper, second.bits),
        _mm512_permutex2var_epi64(first.lengths, upper, second.lengths),
    });
}

/// Adds the codes of 64 bytes: eight to a word where that is short enough, as it is for most pictures, else four.
AVX512_INLINE void put_codes(penstock_bits *bits, __m512i low, __m512i high, __m512i lengths) {
    const __m512i byte = _mm512_set1_epi16(0xFF);
    const codes even = {
        _mm512_or_si512(_mm512_and_si512(low, byte), _mm512_slli_epi16(high, 8)),
        _mm512_and_si512(lengths, byte),
    };
    const codes odd = {
        _mm512_or_si512(_mm512_srli_epi16(low, 8), _mm512_andnot_si512(byte, high)),
        _mm512_srli_epi16(lengths, 8),
    };
    const codes first = join32(lower16(even), lower16(odd)), second = join32(upper16(even), upper16(odd));
    const codes four = join64(lower32(first), lower32(second)), next = join64(upper32(first), upper32(second));
    const codes eight = join64(four, next);
    if (_mm512_cmpgt_epu64_mask(eight.lengths, _mm512_set1_epi64(bits_at_once))) put_sixteen(bits, four, next);
    else put_eight(bits, eight);
}

AVX512 void penstock_put_literals_avx512(
    penstock_bits *bits, const penstock_deflate_code *code, const uint8_t *bytes, size_t count) {
    if (count < bytes_at_once / 4) {
        penstock_put_literals_scalar(bits, code, bytes, count);
        return;
    }
    const table low = load_table(code->low), high = load_table(code->high), lengths = load_table(code->lengths);
    penstock_bits own = *bits;
    for (size_t at = 0; at < count; at += bytes_at_once) {
        const size_t left = count - at < bytes_at_once ? count - at : bytes_at_once;
        // A byte that is not there has a code of no bits.
        const __mmask64 mask = _bzhi_u64(UINT64_MAX, (uint32_t)left);
        const __m512i literals = _mm512_maskz_loadu_epi8(mask, bytes + at);
        put_codes(
            &own, look_up(&low, literals, mask), look_up(&high, literals, mask), look_up(&lengths, literals, mask));
    }
    *bits = own;
}

/// Marks the bytes that equal the one before; the first is not at the block's start.
AVX512_INLINE uint64_t repeats(const uint8_t *bytes, size_t at, size_t count) {
    const size_t left = count - at;
    const __mmask64 mask = left < bytes_at_once ? _bzhi_u64(UINT64_MAX, (uint32_t)left) : UINT64_MAX;
    return _mm512_mask_cmpeq_epi8_mask(
        mask, _mm512_maskz_loadu_epi8(mask, bytes + at), _mm512_maskz_loadu_epi8(mask, bytes + at - 1));
}

AVX512 size_t penstock_find_runs_avx512(const uint8_t *bytes, size_t count, penstock_deflate_run *runs) {
    run_search search = { .runs = runs };
    for (size_t at = 1; at < count; at += bytes_at_once) search_word(&search, repeats(bytes, at, count), (uint32_t)at);
    return finish_search(&search);
}

#endif
