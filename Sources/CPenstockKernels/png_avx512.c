#if defined(__x86_64__)

#include <immintrin.h>

#include "png_parts.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi2")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

enum { bytes_at_once = 64 };

/// 64 bytes of a row and those beside them; what lies beyond the row's end is zero.
typedef struct samples {
    __m512i own;
    __m512i before;
    __m512i above;
    __m512i above_before;
} samples;

AVX512_INLINE __mmask64 part_mask(size_t left) {
    return left < bytes_at_once ? _bzhi_u64(UINT64_MAX, (uint32_t)left) : UINT64_MAX;
}

AVX512_INLINE samples load(
    const uint8_t *row, const uint8_t *above, size_t at, size_t step, __mmask64 mask) {
    const __m512i zero = _mm512_setzero_si512();
    // At the row's start there is nothing before the first pixel, and lanes that are masked out are not read.
    const __mmask64 inner = at ? mask : mask & UINT64_MAX << step;
    return (samples){
        _mm512_maskz_loadu_epi8(mask, row + at),
        _mm512_maskz_loadu_epi8(inner, row + at - step),
        above ? _mm512_maskz_loadu_epi8(mask, above + at) : zero,
        above ? _mm512_maskz_loadu_epi8(inner, above + at - step) : zero,
    };
}

AVX512_INLINE __m512i average(samples s) {
    // The instruction rounds up.
    const __m512i odd = _mm512_and_si512(_mm512_xor_si512(s.before, s.above), _mm512_set1_epi8(1));
    return _mm512_sub_epi8(_mm512_avg_epu8(s.before, s.above), odd);
}

AVX512_INLINE __m512i distance(__m512i a, __m512i b) {
    return _mm512_sub_epi8(_mm512_max_epu8(a, b), _mm512_min_epu8(a, b));
}

AVX512_INLINE __m512i paeth(samples s) {
    const __m512i before = distance(s.above, s.above_before), above = distance(s.before, s.above_before);
    // The plane is as far from the third as both steps together, or as what they leave of each other. A sum that does
    // not fit is larger than either, as 255 is not smaller.
    const __mmask64 same_way = _mm512_cmpge_epu8_mask(s.above, s.above_before)
        ^ _mm512_cmplt_epu8_mask(s.before, s.above_before);
    const __m512i third = _mm512_mask_adds_epu8(distance(before, above), same_way, before, above);
    const __mmask64 takes_before = _mm512_cmple_epu8_mask(before, _mm512_min_epu8(above, third));
    const __mmask64 takes_above = _mm512_cmple_epu8_mask(above, third);
    return _mm512_mask_mov_epi8(_mm512_mask_mov_epi8(s.above_before, takes_above, s.above), takes_before, s.before);
}

AVX512_INLINE __m512i filtered(penstock_png_filter filter, samples s) {
    switch (filter) {
    case PENSTOCK_PNG_SUB: return _mm512_sub_epi8(s.own, s.before);
    case PENSTOCK_PNG_UP: return _mm512_sub_epi8(s.own, s.above);
    case PENSTOCK_PNG_AVERAGE: return _mm512_sub_epi8(s.own, average(s));
    case PENSTOCK_PNG_PAETH: return _mm512_sub_epi8(s.own, paeth(s));
    default: return s.own;
    }
}

AVX512_INLINE void add(__m512i *sum, penstock_png_filter filter, samples s) {
    const __m512i sizes = _mm512_abs_epi8(filtered(filter, s));
    *sum = _mm512_add_epi64(*sum, _mm512_sad_epu8(sizes, _mm512_setzero_si512()));
}

AVX512 void penstock_png_measure_avx512(
    const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint64_t sums[PENSTOCK_PNG_FILTERS]) {
    __m512i none, sub, up, mean, nearest;
    none = sub = up = mean = nearest = _mm512_setzero_si512();
    for (size_t at = 0; at < bytes; at += bytes_at_once) {
        const samples s = load(row, above, at, step, part_mask(bytes - at));
        add(&none, PENSTOCK_PNG_NONE, s);
        add(&sub, PENSTOCK_PNG_SUB, s);
        add(&up, PENSTOCK_PNG_UP, s);
        add(&mean, PENSTOCK_PNG_AVERAGE, s);
        add(&nearest, PENSTOCK_PNG_PAETH, s);
    }
    sums[PENSTOCK_PNG_NONE] = (uint64_t)_mm512_reduce_add_epi64(none);
    sums[PENSTOCK_PNG_SUB] = (uint64_t)_mm512_reduce_add_epi64(sub);
    sums[PENSTOCK_PNG_UP] = (uint64_t)_mm512_reduce_add_epi64(up);
    sums[PENSTOCK_PNG_AVERAGE] = (uint64_t)_mm512_reduce_add_epi64(mean);
    sums[PENSTOCK_PNG_PAETH] = (uint64_t)_mm512_reduce_add_epi64(nearest);
}

/// Applies a filter that is a constant wherever this is called.
AVX512_INLINE void apply(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint8_t *out) {
    for (size_t at = 0; at < bytes; at += bytes_at_once) {
        const __mmask64 mask = part_mask(bytes - at);
        _mm512_mask_storeu_epi8(out + at, mask, filtered(filter, load(row, above, at, step, mask)));
    }
}

AVX512 void penstock_png_apply_avx512(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint8_t *out) {
    switch (filter) {
    case PENSTOCK_PNG_SUB: apply(PENSTOCK_PNG_SUB, row, above, bytes, step, out); return;
    case PENSTOCK_PNG_UP: apply(PENSTOCK_PNG_UP, row, above, bytes, step, out); return;
    case PENSTOCK_PNG_AVERAGE: apply(PENSTOCK_PNG_AVERAGE, row, above, bytes, step, out); return;
    case PENSTOCK_PNG_PAETH: apply(PENSTOCK_PNG_PAETH, row, above, bytes, step, out); return;
    default: __builtin_memcpy(out, row, bytes);
    }
}

#endif
