#if defined(__x86_64__)

#include <immintrin.h>

#include "variants_x86.h"
#include "yuv_samples.h"
#include "yuv_scalar.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

enum { pixels_at_once = 64, bytes_at_once = 192 };

/// The pixel of byte `n` of triples.
#define FOUR_THIRDS(n) (n) / 3, ((n) + 1) / 3, ((n) + 2) / 3, ((n) + 3) / 3
#define SIXTEEN_THIRDS(n) FOUR_THIRDS(n), FOUR_THIRDS((n) + 4), FOUR_THIRDS((n) + 8), FOUR_THIRDS((n) + 12)
#define THIRDS(n) { SIXTEEN_THIRDS(n), SIXTEEN_THIRDS((n) + 16), SIXTEEN_THIRDS((n) + 32), SIXTEEN_THIRDS((n) + 48) }
/// The byte of pixel `n` in triples.
#define FOUR_TIMES(n) 3 * (n), 3 * (n) + 3, 3 * (n) + 6, 3 * (n) + 9
#define SIXTEEN_TIMES(n) FOUR_TIMES(n), FOUR_TIMES((n) + 4), FOUR_TIMES((n) + 8), FOUR_TIMES((n) + 12)

static const uint8_t thirds[3][64] = { THIRDS(0), THIRDS(64), THIRDS(128) };
static const uint8_t times_three[64] = {
    SIXTEEN_TIMES(0), SIXTEEN_TIMES(16), SIXTEEN_TIMES(32), SIXTEEN_TIMES(48),
};
/// The bytes of each 64 of triples that are of the second channel, and of the third.
static const uint64_t seconds[3] = { 0x2492492492492492, 0x9249249249249249, 0x4924924924924924 };
static const uint64_t last_ones[3] = { 0x4924924924924924, 0x2492492492492492, 0x9249249249249249 };

AVX512_INLINE void store_triples(__m512i first, __m512i second, __m512i third, uint8_t *out) {
    for (int part = 0; part < 3; part++) {
        const __m512i places = _mm512_loadu_si512(thirds[part]);
        __m512i bytes = _mm512_permutexvar_epi8(places, first);
        bytes = _mm512_mask_permutexvar_epi8(bytes, seconds[part], places, second);
        bytes = _mm512_mask_permutexvar_epi8(bytes, last_ones[part], places, third);
        _mm512_storeu_si512(out + 64 * part, bytes);
    }
}

/// A colour of 32 pixels: `first` and `second` weighted by the halves of `weights`, and `more` added.
AVX512_INLINE __m512i weighted(__m512i first, __m512i second, __m512i weights, __m512i more_low, __m512i more_high) {
    const int bits = PENSTOCK_YUV_COEFFICIENT_BITS + PENSTOCK_YUV_SAMPLE_BITS;
    const __m512i low = _mm512_madd_epi16(_mm512_unpacklo_epi16(first, second), weights);
    const __m512i high = _mm512_madd_epi16(_mm512_unpackhi_epi16(first, second), weights);
    return _mm512_packs_epi32(
        _mm512_srai_epi32(_mm512_add_epi32(low, more_low), bits),
        _mm512_srai_epi32(_mm512_add_epi32(high, more_high), bits));
}

AVX512_INLINE __m512i weights_of(int16_t first, int16_t second) {
    return _mm512_set1_epi32((int32_t)((uint32_t)(uint16_t)first | (uint32_t)(uint16_t)second << 16));
}

/// The colours of 32 pixels, as words.
typedef struct colors {
    __m512i red, green, blue;
} colors;

AVX512_INLINE colors colors_of(const penstock_yuv *yuv, __m512i luma, __m512i u, __m512i v) {
    const __m512i red = _mm512_set1_epi32(yuv->red_bias), blue = _mm512_set1_epi32(yuv->blue_bias);
    const __m512i green = _mm512_set1_epi32(yuv->green_bias), none = _mm512_setzero_si512();
    const __m512i green_v = weights_of(yuv->green_v, 0);
    const __m512i low = _mm512_add_epi32(green, _mm512_madd_epi16(_mm512_unpacklo_epi16(v, none), green_v));
    const __m512i high = _mm512_add_epi32(green, _mm512_madd_epi16(_mm512_unpackhi_epi16(v, none), green_v));
    return (colors){
        weighted(luma, v, weights_of(yuv->luma, yuv->red_v), red, red),
        weighted(luma, u, weights_of(yuv->luma, yuv->green_u), low, high),
        weighted(luma, u, weights_of(yuv->luma, yuv->blue_u), blue, blue),
    };
}

/// Words of two lots of 32 pixels as bytes, in order.
AVX512_INLINE __m512i packed(__m512i first, __m512i second) {
    const __m512i order = _mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7);
    return _mm512_permutexvar_epi64(order, _mm512_packus_epi16(first, second));
}

AVX512_INLINE void store_colors(colors first, colors second, uint8_t *out) {
    store_triples(
        packed(first.red, second.red), packed(first.green, second.green), packed(first.blue, second.blue), out);
}

AVX512_INLINE colors colors_at(const penstock_yuv *yuv, const yuv_samples *samples, size_t index) {
    return colors_of(
        yuv, _mm512_loadu_si512(samples->luma + index), _mm512_loadu_si512(samples->u + index),
        _mm512_loadu_si512(samples->v + index));
}

AVX512 void penstock_convert_yuv_avx512(
    const penstock_yuv *yuv, const penstock_yuv_row *row, int32_t pixels, uint8_t *out) {
    yuv_samples samples = { { 0 }, { 0 }, { 0 } };
    const size_t width = (size_t)pixels;
    for (size_t first = 0; first < width; first += yuv_chunk) {
        const size_t count = width - first < yuv_chunk ? width - first : yuv_chunk;
        yuv_gather(yuv, row, first, count, width, &samples);
        for (size_t i = 0; i < count; i += pixels_at_once, out += bytes_at_once) {
            uint8_t rest[bytes_at_once];
            const int is_whole = i + pixels_at_once <= count;
            store_colors(colors_at(yuv, &samples, i), colors_at(yuv, &samples, i + 32), is_whole ? out : rest);
            if (!is_whole) __builtin_memcpy(out, rest, 3 * (count - i));
        }
    }
}

/// One channel of 64 pixels.
AVX512_INLINE __m512i channel_of(const __m512i triples[3], int channel) {
    const __m512i places = _mm512_add_epi8(_mm512_loadu_si512(times_three), _mm512_set1_epi8((char)channel));
    const __m512i bytes = _mm512_permutex2var_epi8(triples[0], places, triples[1]);
    // Places from 128 on are in the third vector: there the sign bit of the byte is set.
    return _mm512_mask_permutexvar_epi8(bytes, _mm512_movepi8_mask(places), places, triples[2]);
}

AVX512_INLINE __m512i lower(__m512i bytes) {
    return _mm512_slli_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(bytes)), PENSTOCK_YUV_SAMPLE_BITS);
}

AVX512_INLINE __m512i upper(__m512i bytes) {
    return _mm512_slli_epi16(_mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(bytes, 1)), PENSTOCK_YUV_SAMPLE_BITS);
}

AVX512_INLINE void color_block(const penstock_yuv *yuv, uint8_t *row) {
    const __m512i triples[3] = {
        _mm512_loadu_si512(row), _mm512_loadu_si512(row + 64), _mm512_loadu_si512(row + 128),
    };
    const __m512i luma = channel_of(triples, 0), u = channel_of(triples, 1), v = channel_of(triples, 2);
    store_colors(
        colors_of(yuv, lower(luma), lower(u), lower(v)), colors_of(yuv, upper(luma), upper(u), upper(v)), row);
}

AVX512 void penstock_color_triples_avx512(const penstock_yuv *yuv, uint8_t *row, int32_t pixels) {
    for (; pixels >= pixels_at_once; pixels -= pixels_at_once, row += bytes_at_once) color_block(yuv, row);
    if (pixels == 0) return;
    uint8_t rest[bytes_at_once] = { 0 };
    __builtin_memcpy(rest, row, 3 * (size_t)pixels);
    color_block(yuv, rest);
    __builtin_memcpy(row, rest, 3 * (size_t)pixels);
}

/// Chroma at 64 pixels, which lies at `places` of what is read.
AVX512_INLINE __m512i chroma_of(const uint8_t *samples, __m512i places, __mmask64 readable) {
    return _mm512_permutexvar_epi8(places, _mm512_maskz_loadu_epi8(readable, samples));
}

AVX512 void penstock_join_planes_avx512(
    const uint8_t *luma, const uint8_t *u, const uint8_t *v, int32_t pixels, int32_t halves_width, int32_t chroma_step,
    uint8_t *out) {
    if (!halves_width && chroma_step == 2) {
        penstock_join_planes_scalar(luma, u, v, pixels, halves_width, chroma_step, out);
        return;
    }
    uint8_t places[pixels_at_once];
    for (int i = 0; i < pixels_at_once; i++) places[i] = (uint8_t)((halves_width ? i / 2 : i) * chroma_step);
    const __m512i at = _mm512_loadu_si512(places);
    const int32_t step = (halves_width ? pixels_at_once / 2 : pixels_at_once) * chroma_step;
    const __mmask64 readable = step == pixels_at_once ? ~(__mmask64)0 : ((__mmask64)1 << step) - 1;
    for (int32_t i = 0; i < pixels; i += pixels_at_once, luma += pixels_at_once, u += step, v += step) {
        store_triples(_mm512_loadu_si512(luma), chroma_of(u, at, readable), chroma_of(v, at, readable), out);
        out += bytes_at_once;
    }
}

AVX512 void penstock_narrow_avx512(const uint8_t *row, int32_t samples, int32_t shift, uint8_t *out) {
    yuv_narrow(row, (size_t)samples, shift, out);
}

#endif
