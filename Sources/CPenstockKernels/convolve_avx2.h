/// What the row and the column pass for AVX2 share: sums of the parts of weights, and how they are put together.
#ifndef PENSTOCK_CONVOLVE_AVX2_H
#define PENSTOCK_CONVOLVE_AVX2_H

#include <immintrin.h>

#include "packing_avx2.h"

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

/// What rounds a sum in fixed point half up.
enum { half = 1 << (PENSTOCK_CONVOLUTION_BITS - 1) };

/// Two sums, of the high and of the low parts of weights.
typedef struct sums {
    __m256i high, low;
} sums;

/// The whole sum: integer arithmetic modulo 2³² keeps it exact whatever the parts are.
AVX2_INLINE __m256i put_together(sums all) {
    return _mm256_add_epi32(_mm256_slli_epi32(all.high, penstock_avx2_low_bits), all.low);
}

AVX2_INLINE void add_products(sums *all, __m256i samples, __m256i high, __m256i low) {
    all->high = _mm256_add_epi32(all->high, _mm256_madd_epi16(samples, high));
    all->low = _mm256_add_epi32(all->low, _mm256_madd_epi16(samples, low));
}

AVX2_INLINE sums zero(void) { return (sums){ _mm256_setzero_si256(), _mm256_setzero_si256() }; }

AVX2_INLINE __m256i rounded(__m256i whole) {
    return _mm256_srai_epi32(_mm256_add_epi32(whole, _mm256_set1_epi32(half)), PENSTOCK_CONVOLUTION_BITS);
}

#endif
