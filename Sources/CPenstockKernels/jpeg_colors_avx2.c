#if defined(__x86_64__)

#include <immintrin.h>

#include "jpeg_scalar.h"
#include "variants_x86.h"

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

enum { pixels_at_once = 16, factor_bits = 16 };

AVX2_INLINE __m256i factors(int32_t first, int32_t second) {
    return _mm256_set1_epi32((int32_t)((uint32_t)(uint16_t)first | (uint32_t)second << 16));
}

typedef struct samples {
    __m256i luma, blue, red;
} samples;

/// Where two channels of four pixels are, as words.
AVX2_INLINE __m256i places(int32_t channels, int first, int second) {
    __m128i at = _mm_setr_epi8(
        (char)first, -1, (char)second, -1, (char)(first + 3), -1, (char)(second + 3), -1,
        (char)(first + 6), -1, (char)(second + 6), -1, (char)(first + 9), -1, (char)(second + 9), -1);
    if (channels == 4) at = _mm_add_epi8(at, _mm_setr_epi8(0, 0, 0, 0, 1, 0, 1, 0, 2, 0, 2, 0, 3, 0, 3, 0));
    return _mm256_broadcastsi128_si256(at);
}

AVX2_INLINE __m256i rounded(__m256i sum, int32_t more) {
    return _mm256_srai_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(more)), factor_bits);
}

/// Eight pixels by the factors of `penstock_jpeg_colors_scalar`, of which those that do not fit in 16 bits are halved.
AVX2_INLINE samples split(const uint8_t *pixels, int32_t channels) {
    const __m256i bytes = _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)pixels)),
        _mm_loadu_si128((const __m128i *)(const void *)(pixels + 4 * channels)), 1);
    const __m256i red_green = _mm256_shuffle_epi8(bytes, places(channels, 0, 1));
    const __m256i blue_green = _mm256_shuffle_epi8(bytes, places(channels, 2, 1));
    const int32_t half = 1 << (factor_bits - 1), middle = (128 << factor_bits) + half - 1;
    const __m256i luma = _mm256_add_epi32(
        _mm256_madd_epi16(red_green, factors(19595, 38470 - 16384)),
        _mm256_madd_epi16(blue_green, factors(7471, 16384)));
    const __m256i half_blue = _mm256_madd_epi16(blue_green, factors(16384, 0));
    const __m256i half_red = _mm256_madd_epi16(red_green, factors(16384, 0));
    const __m256i blue = _mm256_add_epi32(
        _mm256_madd_epi16(red_green, factors(-11059, -21709)), _mm256_slli_epi32(half_blue, 1));
    const __m256i red = _mm256_add_epi32(
        _mm256_madd_epi16(blue_green, factors(-5329, -27439)), _mm256_slli_epi32(half_red, 1));
    return (samples){ rounded(luma, half), rounded(blue, middle), rounded(red, middle) };
}

/// Sixteen samples of 32 bits as bytes.
AVX2_INLINE void store(__m256i first, __m256i second, uint8_t *out) {
    const __m256i words = _mm256_permute4x64_epi64(_mm256_packs_epi32(first, second), 0xD8);
    const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    _mm_storeu_si128((__m128i *)(void *)out, bytes);
}

AVX2_INLINE void colors(
    const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red) {
    int32_t i = 0;
    // Loads of three channels reach two pixels too far.
    for (; i + pixels_at_once + 2 <= count; i += pixels_at_once) {
        const samples first = split(pixels + channels * i, channels);
        const samples second = split(pixels + channels * (i + pixels_at_once / 2), channels);
        store(first.luma, second.luma, luma + i);
        store(first.blue, second.blue, blue + i);
        store(first.red, second.red, red + i);
    }
    penstock_jpeg_colors_scalar(pixels + channels * i, channels, count - i, luma + i, blue + i, red + i);
}

AVX2 void penstock_jpeg_colors_avx2(
    const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red) {
    if (channels == 3) colors(pixels, 3, count, luma, blue, red);
    else colors(pixels, 4, count, luma, blue, red);
}

AVX2 void penstock_jpeg_halve_avx2(const uint8_t *upper, const uint8_t *lower, int32_t count, uint8_t *out) {
    const __m256i ones = _mm256_set1_epi8(1);
    // What is added before rounding down alternates, so that the mean is right.
    const __m256i added = _mm256_set1_epi32(lower ? 1 | 2 << 16 : 1 << 16);
    for (int32_t i = 0; i < count; i += pixels_at_once) {
        __m256i sum = _mm256_maddubs_epi16(_mm256_loadu_si256((const __m256i *)(const void *)(upper + 2 * i)), ones);
        if (lower) {
            const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(lower + 2 * i));
            sum = _mm256_add_epi16(sum, _mm256_maddubs_epi16(bytes, ones));
        }
        sum = _mm256_srli_epi16(_mm256_add_epi16(sum, added), lower ? 2 : 1);
        const __m128i bytes = _mm_packus_epi16(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
        _mm_storeu_si128((__m128i *)(void *)(out + i), bytes);
    }
}

#endif
