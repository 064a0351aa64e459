#if defined(__x86_64__)

#include <immintrin.h>

#include "variants_x86.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

enum { pixels_at_once = 16, bytes_at_once = 48 };

/// The lowest `count` bits, of 64 at most.
AVX512_INLINE uint64_t lowest(int32_t count) { return _bzhi_u64(UINT64_MAX, (uint32_t)count); }

/// Where the three bytes of 16 pixels come from: channels together with red and blue changed round, or in planes.
static const uint8_t swapped_places[64] = {
    2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9, 14, 13, 12, 17, 16, 15, 20, 19, 18, 23, 22, 21,
    26, 25, 24, 29, 28, 27, 32, 31, 30, 35, 34, 33, 38, 37, 36, 41, 40, 39, 44, 43, 42, 47, 46, 45,
};
static const uint8_t plane_places[64] = {
    0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 1, 4, 7, 10, 13, 16, 19, 22,
    25, 28, 31, 34, 37, 40, 43, 46, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 32, 35, 38, 41, 44, 47,
};

/// The multipliers and offsets of 48 values, which repeat every three.
typedef struct cycle {
    __m512 multiplier[3];
    __m512 offset[3];
} cycle;

AVX512_INLINE cycle cycle_of(const penstock_normalization *normalization) {
    float multiplier[bytes_at_once], offset[bytes_at_once];
    for (int i = 0; i < bytes_at_once; i++) {
        multiplier[i] = normalization->multiplier[i % 3];
        offset[i] = normalization->offset[i % 3];
    }
    cycle all;
    for (int part = 0; part < 3; part++) {
        all.multiplier[part] = _mm512_loadu_ps(multiplier + 16 * part);
        all.offset[part] = _mm512_loadu_ps(offset + 16 * part);
    }
    return all;
}

AVX512_INLINE __m512 normalized(__m128i samples, __m512 multiplier, __m512 offset) {
    return _mm512_fmadd_ps(_mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(samples)), multiplier, offset);
}

/// One of the four quarters of a vector; the number is a constant wherever this is called.
AVX512_INLINE __m128i quarter(__m512i bytes, int number) {
    switch (number) {
    case 0: return _mm512_castsi512_si128(bytes);
    case 1: return _mm512_extracti32x4_epi32(bytes, 1);
    default: return _mm512_extracti32x4_epi32(bytes, 2);
    }
}

AVX512 void penstock_normalize_interleaved_avx512(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out) {
    const cycle all = cycle_of(normalization);
    const __m512i places = _mm512_loadu_si512(swapped_places);
    int32_t left = 3 * pixels;
    for (; left >= bytes_at_once; left -= bytes_at_once, row += bytes_at_once, out += bytes_at_once) {
        __m512i bytes = _mm512_maskz_loadu_epi8(lowest(bytes_at_once), row);
        if (swap) bytes = _mm512_permutexvar_epi8(places, bytes);
        for (int part = 0; part < 3; part++) {
            const __m512 values = normalized(quarter(bytes, part), all.multiplier[part], all.offset[part]);
            _mm512_storeu_ps(out + 16 * part, values);
        }
    }
    __m512i bytes = _mm512_maskz_loadu_epi8(lowest(left), row);
    if (swap) bytes = _mm512_permutexvar_epi8(places, bytes);
    for (int part = 0; part < 3; part++) {
        const __m512 values = normalized(quarter(bytes, part), all.multiplier[part], all.offset[part]);
        _mm512_mask_storeu_ps(out + 16 * part, (__mmask16)(lowest(left) >> (16 * part)), values);
    }
}

AVX512 void penstock_normalize_planar_avx512(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out,
    size_t plane) {
    const __m512i places = _mm512_loadu_si512(plane_places);
    float *planes[3] = { out + (swap ? 2 * plane : 0), out + plane, out + (swap ? 0 : 2 * plane) };
    for (int32_t x = 0; x < pixels; x += pixels_at_once) {
        const int32_t count = pixels - x < pixels_at_once ? pixels - x : pixels_at_once;
        const __m512i bytes = _mm512_permutexvar_epi8(places, _mm512_maskz_loadu_epi8(lowest(3 * count), row + 3 * x));
        for (int part = 0; part < 3; part++) {
            const int channel = swap ? 2 - part : part;
            const __m512 multiplier = _mm512_set1_ps(normalization->multiplier[channel]);
            const __m512 offset = _mm512_set1_ps(normalization->offset[channel]);
            const __m512 values = normalized(quarter(bytes, part), multiplier, offset);
            _mm512_mask_storeu_ps(planes[part] + x, (__mmask16)lowest(count), values);
        }
    }
}

AVX512 void penstock_store_interleaved_avx512(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out) {
    if (!swap) {
        __builtin_memcpy(out, row, 3 * (size_t)pixels);
        return;
    }
    const __m512i places = _mm512_loadu_si512(swapped_places);
    for (int32_t left = 3 * pixels; left > 0; left -= bytes_at_once, row += bytes_at_once, out += bytes_at_once) {
        const uint64_t mask = lowest(left < bytes_at_once ? left : bytes_at_once);
        _mm512_mask_storeu_epi8(out, mask, _mm512_permutexvar_epi8(places, _mm512_maskz_loadu_epi8(mask, row)));
    }
}

AVX512 void penstock_store_planar_avx512(
    const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out, size_t plane) {
    const __m512i places = _mm512_loadu_si512(plane_places);
    uint8_t *planes[3] = { out + (swap ? 2 * plane : 0), out + plane, out + (swap ? 0 : 2 * plane) };
    for (int32_t x = 0; x < pixels; x += pixels_at_once) {
        const int32_t count = pixels - x < pixels_at_once ? pixels - x : pixels_at_once;
        const __m512i bytes = _mm512_permutexvar_epi8(places, _mm512_maskz_loadu_epi8(lowest(3 * count), row + 3 * x));
        for (int part = 0; part < 3; part++) {
            _mm_mask_storeu_epi8(planes[part] + x, (__mmask16)lowest(count), quarter(bytes, part));
        }
    }
}

#endif
