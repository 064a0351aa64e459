#if defined(__x86_64__)

#include <immintrin.h>

#include "store_scalar.h"
#include "variants_x86.h"

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

enum { loaded_bytes = 16, planar_pixels = 8 };

AVX2_INLINE __m128i load16(const uint8_t *bytes) { return _mm_loadu_si128((const __m128i *)(const void *)bytes); }

/// Red and blue of five pixels changed round, or nothing.
AVX2_INLINE __m128i places(int32_t swap) {
    return swap ? _mm_setr_epi8(2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, -128)
                : _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, -128);
}

AVX2 void penstock_normalize_interleaved_avx2(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out) {
    const float *m = normalization->multiplier;
    const float *o = normalization->offset;
    // Four pixels are twelve values: a vector of eight and one of four.
    const __m256 multiplier = _mm256_setr_ps(m[0], m[1], m[2], m[0], m[1], m[2], m[0], m[1]);
    const __m256 offset = _mm256_setr_ps(o[0], o[1], o[2], o[0], o[1], o[2], o[0], o[1]);
    const __m128 last_multiplier = _mm_setr_ps(m[2], m[0], m[1], m[2]);
    const __m128 last_offset = _mm_setr_ps(o[2], o[0], o[1], o[2]);
    const __m128i order = places(swap);
    for (; 3 * pixels >= loaded_bytes; pixels -= 4, row += 12, out += 12) {
        const __m128i bytes = _mm_shuffle_epi8(load16(row), order);
        const __m256 values = _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes));
        const __m128 last = _mm_cvtepi32_ps(_mm_cvtepu8_epi32(_mm_srli_si128(bytes, 8)));
        _mm256_storeu_ps(out, _mm256_fmadd_ps(values, multiplier, offset));
        _mm_storeu_ps(out + 8, _mm_fmadd_ps(last, last_multiplier, last_offset));
    }
    penstock_normalize_interleaved_scalar(normalization, row, pixels, swap, out);
}

/// One channel of eight pixels, which are 24 bytes, as the lower eight bytes.
AVX2_INLINE __m128i channel_of(const uint8_t *row, int channel) {
    const __m128i step = _mm_setr_epi8(0, 3, 6, 9, 12, 15, 18, 21, -128, -128, -128, -128, -128, -128, -128, -128);
    const __m128i from = _mm_add_epi8(step, _mm_set1_epi8((char)channel));
    // The second load starts eight bytes on; each place is taken from the load that has it.
    const __m128i later = _mm_cmpgt_epi8(from, _mm_set1_epi8(loaded_bytes - 1));
    const __m128i low = _mm_shuffle_epi8(load16(row), _mm_or_si128(from, later));
    const __m128i high = _mm_shuffle_epi8(
        load16(row + 8), _mm_or_si128(_mm_sub_epi8(from, _mm_set1_epi8(8)), _mm_xor_si128(later, _mm_set1_epi8(-1))));
    return _mm_or_si128(low, high);
}

AVX2 void penstock_normalize_planar_avx2(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out,
    size_t plane) {
    for (; pixels >= planar_pixels; pixels -= planar_pixels, row += 3 * planar_pixels, out += planar_pixels) {
        for (int channel = 0; channel < 3; channel++) {
            const __m256i samples = _mm256_cvtepu8_epi32(channel_of(row, swap ? 2 - channel : channel));
            const __m256 values = _mm256_fmadd_ps(
                _mm256_cvtepi32_ps(samples), _mm256_set1_ps(normalization->multiplier[channel]),
                _mm256_set1_ps(normalization->offset[channel]));
            _mm256_storeu_ps(out + (size_t)channel * plane, values);
        }
    }
    penstock_normalize_planar_scalar(normalization, row, pixels, swap, out, plane);
}

AVX2 void penstock_store_interleaved_avx2(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out) {
    if (!swap) {
        __builtin_memcpy(out, row, 3 * (size_t)pixels);
        return;
    }
    // Sixteen bytes are stored for five pixels: the next pixel puts the last byte right.
    for (; 3 * pixels > loaded_bytes; pixels -= 5, row += 15, out += 15) {
        _mm_storeu_si128((__m128i *)(void *)out, _mm_shuffle_epi8(load16(row), places(1)));
    }
    penstock_store_interleaved_scalar(row, pixels, swap, out);
}

AVX2 void penstock_store_planar_avx2(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out, size_t plane) {
    for (; pixels >= planar_pixels; pixels -= planar_pixels, row += 3 * planar_pixels, out += planar_pixels) {
        for (int channel = 0; channel < 3; channel++) {
            uint8_t *to = out + (size_t)channel * plane;
            _mm_storel_epi64((__m128i *)(void *)to, channel_of(row, swap ? 2 - channel : channel));
        }
    }
    penstock_store_planar_scalar(row, pixels, swap, out, plane);
}

#endif
