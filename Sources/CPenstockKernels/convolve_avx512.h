/// What the row and the column pass for AVX-512 share: sums of the parts of weights, and how they are put together.
#ifndef PENSTOCK_CONVOLVE_AVX512_H
#define PENSTOCK_CONVOLVE_AVX512_H

#include <immintrin.h>

#include "include/penstock_axis.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vnni")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

/// What rounds a sum in fixed point half up.
enum { half = 1 << (PENSTOCK_CONVOLUTION_BITS - 1) };

/// Three sums of digits, lowest first.
typedef struct sums {
    __m512i digits[3];
} sums;

/// The whole sums: integer arithmetic modulo 2³² keeps them exact whatever the digits' sums are.
AVX512_INLINE __m512i put_together(sums all) {
    const __m512i high = _mm512_add_epi32(_mm512_slli_epi32(all.digits[2], 8), all.digits[1]);
    return _mm512_add_epi32(_mm512_slli_epi32(high, 8), all.digits[0]);
}

AVX512_INLINE sums zero(void) {
    const __m512i none = _mm512_setzero_si512();
    return (sums){ { none, none, none } };
}

AVX512_INLINE void add_products(sums *all, __m512i samples, const __m512i digits[3]) {
    for (int i = 0; i < 3; i++) all->digits[i] = _mm512_dpbusd_epi32(all->digits[i], samples, digits[i]);
}

#endif
