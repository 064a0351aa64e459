#if defined(__x86_64__)

#include <immintrin.h>

#include "variants_x86.h"
#include "yuv_samples.h"
#include "yuv_scalar.h"

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

enum { pixels_at_once = 16, bytes_at_once = 48 };

/// Byte `n` of 16 pixels' triples, where it is of the channel; a place that is cleared elsewhere.
#define OF(n, channel) ((n) % 3 == (channel) ? (n) / 3 : -128)
#define FOUR_OF(n, channel) OF(n, channel), OF(n + 1, channel), OF(n + 2, channel), OF(n + 3, channel)
#define SIXTEEN_OF(n, channel) \
    { FOUR_OF(n, channel), FOUR_OF(n + 4, channel), FOUR_OF(n + 8, channel), FOUR_OF(n + 12, channel) }
/// Byte `3 n + channel` of triples, where it lies in the vector of 16 bytes that starts at `from`.
#define AT(n, channel, from) (3 * (n) + (channel) - (from) >= 0 && 3 * (n) + (channel) - (from) < 16 \
    ? 3 * (n) + (channel) - (from) : -128)
#define FOUR_AT(n, channel, from) \
    AT(n, channel, from), AT(n + 1, channel, from), AT(n + 2, channel, from), AT(n + 3, channel, from)
#define SIXTEEN_AT(channel, from) \
    { FOUR_AT(0, channel, from), FOUR_AT(4, channel, from), FOUR_AT(8, channel, from), FOUR_AT(12, channel, from) }

static const int8_t joined[3][3][16] = {
    { SIXTEEN_OF(0, 0), SIXTEEN_OF(0, 1), SIXTEEN_OF(0, 2) },
    { SIXTEEN_OF(16, 0), SIXTEEN_OF(16, 1), SIXTEEN_OF(16, 2) },
    { SIXTEEN_OF(32, 0), SIXTEEN_OF(32, 1), SIXTEEN_OF(32, 2) },
};
static const int8_t parted[3][3][16] = {
    { SIXTEEN_AT(0, 0), SIXTEEN_AT(0, 16), SIXTEEN_AT(0, 32) },
    { SIXTEEN_AT(1, 0), SIXTEEN_AT(1, 16), SIXTEEN_AT(1, 32) },
    { SIXTEEN_AT(2, 0), SIXTEEN_AT(2, 16), SIXTEEN_AT(2, 32) },
};

AVX2_INLINE __m128i load16(const void *bytes) { return _mm_loadu_si128((const __m128i *)bytes); }
AVX2_INLINE __m128i load8(const void *bytes) { return _mm_loadl_epi64((const __m128i *)bytes); }

/// What three vectors give by the places of a table.
AVX2_INLINE __m128i picked(const int8_t places[3][16], const __m128i from[3]) {
    const __m128i first = _mm_shuffle_epi8(from[0], load16(places[0]));
    const __m128i second = _mm_shuffle_epi8(from[1], load16(places[1]));
    return _mm_or_si128(_mm_or_si128(first, second), _mm_shuffle_epi8(from[2], load16(places[2])));
}

AVX2_INLINE void store_triples(const __m128i channels[3], uint8_t *out) {
    for (int part = 0; part < 3; part++) {
        _mm_storeu_si128((__m128i *)(void *)(out + 16 * part), picked(joined[part], channels));
    }
}

/// A colour of 16 pixels: `first` and `second` weighted by the halves of `weights`, and `more` added.
AVX2_INLINE __m128i weighted(__m256i first, __m256i second, __m256i weights, const __m256i more[2]) {
    const int bits = PENSTOCK_YUV_COEFFICIENT_BITS + PENSTOCK_YUV_SAMPLE_BITS;
    const __m256i low = _mm256_madd_epi16(_mm256_unpacklo_epi16(first, second), weights);
    const __m256i high = _mm256_madd_epi16(_mm256_unpackhi_epi16(first, second), weights);
    const __m256i words = _mm256_packs_epi32(
        _mm256_srai_epi32(_mm256_add_epi32(low, more[0]), bits),
        _mm256_srai_epi32(_mm256_add_epi32(high, more[1]), bits));
    return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

AVX2_INLINE __m256i weights_of(int16_t first, int16_t second) {
    return _mm256_set1_epi32((int32_t)((uint32_t)(uint16_t)first | (uint32_t)(uint16_t)second << 16));
}

/// Writes the colours of 16 pixels, from samples in units of 1/64.
AVX2_INLINE void color(const penstock_yuv *yuv, __m256i luma, __m256i u, __m256i v, uint8_t *out) {
    const __m256i red = _mm256_set1_epi32(yuv->red_bias), blue = _mm256_set1_epi32(yuv->blue_bias);
    const __m256i green = _mm256_set1_epi32(yuv->green_bias), none = _mm256_setzero_si256();
    const __m256i green_v = weights_of(yuv->green_v, 0);
    const __m256i greens[2] = {
        _mm256_add_epi32(green, _mm256_madd_epi16(_mm256_unpacklo_epi16(v, none), green_v)),
        _mm256_add_epi32(green, _mm256_madd_epi16(_mm256_unpackhi_epi16(v, none), green_v)),
    };
    const __m128i channels[3] = {
        weighted(luma, v, weights_of(yuv->luma, yuv->red_v), (const __m256i[2]){ red, red }),
        weighted(luma, u, weights_of(yuv->luma, yuv->green_u), greens),
        weighted(luma, u, weights_of(yuv->luma, yuv->blue_u), (const __m256i[2]){ blue, blue }),
    };
    store_triples(channels, out);
}

AVX2_INLINE __m256i words(const int16_t *samples) { return _mm256_loadu_si256((const __m256i *)(const void *)samples); }

AVX2 void penstock_convert_yuv_avx2(
    const penstock_yuv *yuv, const penstock_yuv_row *row, int32_t pixels, uint8_t *out) {
    yuv_samples samples = { { 0 }, { 0 }, { 0 } };
    const size_t width = (size_t)pixels;
    for (size_t first = 0; first < width; first += yuv_chunk) {
        const size_t count = width - first < yuv_chunk ? width - first : yuv_chunk;
        yuv_gather(yuv, row, first, count, width, &samples);
        for (size_t i = 0; i < count; i += pixels_at_once, out += bytes_at_once) {
            uint8_t rest[bytes_at_once];
            const int is_whole = i + pixels_at_once <= count;
            color(yuv, words(samples.luma + i), words(samples.u + i), words(samples.v + i), is_whole ? out : rest);
            if (!is_whole) __builtin_memcpy(out, rest, 3 * (count - i));
        }
    }
}

/// A channel of 16 pixels in units of 1/64.
AVX2_INLINE __m256i channel_of(const __m128i triples[3], int channel) {
    return _mm256_slli_epi16(_mm256_cvtepu8_epi16(picked(parted[channel], triples)), PENSTOCK_YUV_SAMPLE_BITS);
}

AVX2 void penstock_color_triples_avx2(const penstock_yuv *yuv, uint8_t *row, int32_t pixels) {
    for (; pixels >= pixels_at_once; pixels -= pixels_at_once, row += bytes_at_once) {
        const __m128i triples[3] = { load16(row), load16(row + 16), load16(row + 32) };
        color(yuv, channel_of(triples, 0), channel_of(triples, 1), channel_of(triples, 2), row);
    }
    penstock_color_triples_scalar(yuv, row, pixels);
}

/// Chroma at 16 pixels.
AVX2_INLINE __m128i chroma_of(const uint8_t *samples, int32_t halves_width, int32_t chroma_step) {
    const __m128i doubled_pairs = _mm_setr_epi8(0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14);
    const __m128i doubled = _mm_setr_epi8(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
    if (!halves_width) return load16(samples);
    if (chroma_step == 1) return _mm_shuffle_epi8(load8(samples), doubled);
    return _mm_shuffle_epi8(load16(samples), doubled_pairs);
}

AVX2 void penstock_join_planes_avx2(
    const uint8_t *luma, const uint8_t *u, const uint8_t *v, int32_t pixels, int32_t halves_width, int32_t chroma_step,
    uint8_t *out) {
    if (!halves_width && chroma_step == 2) {
        penstock_join_planes_scalar(luma, u, v, pixels, halves_width, chroma_step, out);
        return;
    }
    const int32_t step = (halves_width ? pixels_at_once / 2 : pixels_at_once) * chroma_step;
    for (int32_t i = 0; i < pixels; i += pixels_at_once, luma += pixels_at_once, u += step, v += step) {
        const __m128i channels[3] = {
            load16(luma), chroma_of(u, halves_width, chroma_step), chroma_of(v, halves_width, chroma_step),
        };
        store_triples(channels, out);
        out += bytes_at_once;
    }
}

AVX2 void penstock_narrow_avx2(const uint8_t *row, int32_t samples, int32_t shift, uint8_t *out) {
    yuv_narrow(row, (size_t)samples, shift, out);
}

#endif
