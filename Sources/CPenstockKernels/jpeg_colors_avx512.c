#if defined(__x86_64__)

#include <immintrin.h>

#include "variants_x86.h"

#define AVX512 __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vbmi,avx512vnni,bmi2")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

enum { pixels_at_once = 16, factor_bits = 16 };

AVX512_INLINE __m512i factors(int32_t first, int32_t second) {
    return _mm512_set1_epi32((int32_t)((uint32_t)(uint16_t)first | (uint32_t)second << 16));
}

/// Where two channels of sixteen pixels are, each at the low byte of a word.
AVX512_INLINE __m512i places(int32_t channels, int32_t first, int32_t second) {
    const __m512i pixels = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i start = _mm512_mullo_epi32(pixels, _mm512_set1_epi32(channels * 0x00010001));
    return _mm512_add_epi32(start, _mm512_set1_epi32(first | second << 16));
}

/// Adds products of pairs to a sum.
AVX512_INLINE __m512i more(__m512i sum, __m512i pairs, int32_t first, int32_t second) {
    return _mm512_dpwssd_epi32(sum, pairs, factors(first, second));
}

/// Writes the bytes above the point.
AVX512_INLINE void store(__m512i sums, uint8_t *out) {
    const __m512i at = _mm512_castsi128_si512(
        _mm_setr_epi8(2, 6, 10, 14, 18, 22, 26, 30, 34, 38, 42, 46, 50, 54, 58, 62));
    _mm_storeu_si128((__m128i *)(void *)out, _mm512_castsi512_si128(_mm512_permutexvar_epi8(at, sums)));
}

/// By the factors of `penstock_jpeg_colors_scalar`, of which those that do not fit in 16 bits are added in two halves.
AVX512_INLINE void colors(
    const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red) {
    const __m512i half = _mm512_set1_epi32(1 << (factor_bits - 1));
    const __m512i middle = _mm512_set1_epi32((128 << factor_bits) + (1 << (factor_bits - 1)) - 1);
    const __m512i red_green_places = places(channels, 0, 1), blue_green_places = places(channels, 2, 1);
    const __mmask64 words = 0x5555555555555555;
    for (int32_t i = 0; i < count; i += pixels_at_once) {
        const int32_t left = count - i < pixels_at_once ? count - i : pixels_at_once;
        const __mmask64 some = _bzhi_u64(~0ull, (uint32_t)(left * channels));
        const __m512i bytes = _mm512_maskz_loadu_epi8(some, pixels + (ptrdiff_t)channels * i);
        const __m512i red_green = _mm512_maskz_permutexvar_epi8(words, red_green_places, bytes);
        const __m512i blue_green = _mm512_maskz_permutexvar_epi8(words, blue_green_places, bytes);
        store(more(more(half, red_green, 19595, 38470 - 16384), blue_green, 7471, 16384), luma + i);
        const __m512i light = more(more(middle, blue_green, 16384, 0), blue_green, 16384, 0);
        store(more(light, red_green, -11059, -21709), blue + i);
        const __m512i warm = more(more(middle, red_green, 16384, 0), red_green, 16384, 0);
        store(more(warm, blue_green, -5329, -27439), red + i);
    }
}

AVX512 void penstock_jpeg_colors_avx512(
    const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red) {
    if (channels == 3) colors(pixels, 3, count, luma, blue, red);
    else colors(pixels, 4, count, luma, blue, red);
}

#endif
