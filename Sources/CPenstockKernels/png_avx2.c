#if defined(__x86_64__)

#include <immintrin.h>

#include "png_parts.h"

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

enum { bytes_at_once = 32 };

/// 32 bytes of a row and those beside them.
typedef struct samples {
    __m256i own;
    __m256i before;
    __m256i above;
    __m256i above_before;
} samples;

AVX2_INLINE __m256i load32(const uint8_t *bytes) { return _mm256_loadu_si256((const __m256i *)(const void *)bytes); }

AVX2_INLINE samples load(const uint8_t *row, const uint8_t *above, size_t at, size_t step) {
    const __m256i zero = _mm256_setzero_si256();
    return (samples){
        load32(row + at),
        load32(row + at - step),
        above ? load32(above + at) : zero,
        above ? load32(above + at - step) : zero,
    };
}

AVX2_INLINE __m256i average(samples s) {
    // The instruction rounds up.
    const __m256i odd = _mm256_and_si256(_mm256_xor_si256(s.before, s.above), _mm256_set1_epi8(1));
    return _mm256_sub_epi8(_mm256_avg_epu8(s.before, s.above), odd);
}

AVX2_INLINE __m256i distance(__m256i a, __m256i b) {
    return _mm256_sub_epi8(_mm256_max_epu8(a, b), _mm256_min_epu8(a, b));
}

/// All ones where `a` is not above `b`.
AVX2_INLINE __m256i not_above(__m256i a, __m256i b) { return _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), a); }

AVX2_INLINE __m256i paeth(samples s) {
    const __m256i before = distance(s.above, s.above_before), above = distance(s.before, s.above_before);
    // The plane is as far from the third as both steps together, or as what they leave of each other. Where one step
    // is nothing, those are the same. A sum that does not fit is larger than either, as 255 is not smaller.
    const __m256i other_way =
        _mm256_xor_si256(not_above(s.above, s.above_before), not_above(s.before, s.above_before));
    const __m256i third =
        _mm256_blendv_epi8(_mm256_adds_epu8(before, above), distance(before, above), other_way);
    const __m256i takes_before = not_above(before, _mm256_min_epu8(above, third));
    const __m256i others = _mm256_blendv_epi8(s.above_before, s.above, not_above(above, third));
    return _mm256_blendv_epi8(others, s.before, takes_before);
}

AVX2_INLINE __m256i filtered(penstock_png_filter filter, samples s) {
    switch (filter) {
    case PENSTOCK_PNG_SUB: return _mm256_sub_epi8(s.own, s.before);
    case PENSTOCK_PNG_UP: return _mm256_sub_epi8(s.own, s.above);
    case PENSTOCK_PNG_AVERAGE: return _mm256_sub_epi8(s.own, average(s));
    case PENSTOCK_PNG_PAETH: return _mm256_sub_epi8(s.own, paeth(s));
    default: return s.own;
    }
}

AVX2_INLINE void add(__m256i *sum, penstock_png_filter filter, samples s) {
    const __m256i sizes = _mm256_abs_epi8(filtered(filter, s));
    *sum = _mm256_add_epi64(*sum, _mm256_sad_epu8(sizes, _mm256_setzero_si256()));
}

AVX2_INLINE uint64_t total(__m256i sum) {
    const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    return (uint64_t)_mm_cvtsi128_si64(half) + (uint64_t)_mm_extract_epi64(half, 1);
}

AVX2 void penstock_png_measure_avx2(
    const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint64_t sums[PENSTOCK_PNG_FILTERS]) {
    __m256i none, sub, up, mean, nearest;
    none = sub = up = mean = nearest = _mm256_setzero_si256();
    size_t at = step;
    for (; at + bytes_at_once <= bytes; at += bytes_at_once) {
        const samples s = load(row, above, at, step);
        add(&none, PENSTOCK_PNG_NONE, s);
        add(&sub, PENSTOCK_PNG_SUB, s);
        add(&up, PENSTOCK_PNG_UP, s);
        add(&mean, PENSTOCK_PNG_AVERAGE, s);
        add(&nearest, PENSTOCK_PNG_PAETH, s);
    }
    sums[PENSTOCK_PNG_NONE] = total(none);
    sums[PENSTOCK_PNG_SUB] = total(sub);
    sums[PENSTOCK_PNG_UP] = total(up);
    sums[PENSTOCK_PNG_AVERAGE] = total(mean);
    sums[PENSTOCK_PNG_PAETH] = total(nearest);
    penstock_png_measure_part(row, above, 0, step, step, sums);
    penstock_png_measure_part(row, above, at, bytes, step, sums);
}

/// Applies a filter that is a constant wherever this is called.
AVX2_INLINE void apply(
    penstock_png_filter filter, const uint8_t *row, const uint8_t *above, size_t bytes, size_t step, uint8_t *out) {
    size_t at = step;
    for (; at + bytes_at_once <= bytes; at += bytes_at_once) {
        _mm256_storeu_si256((__m256i *)(void *)(out + at), filtered(filter, load(row, above, at, step)));
    }
    penstock_png_apply_part(filter, row, above, 0, step, step, out);
    penstock_png_apply_part(filter, row, above, at, bytes, step, out);
}

AVX2 void penstock_png_apply_avx2(
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
