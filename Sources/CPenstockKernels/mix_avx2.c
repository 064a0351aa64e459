#if defined(__x86_64__)

#include <immintrin.h>

#include "mix_scalar.h"
#include "variants_x86.h"

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

enum { loaded_bytes = 8, columns_at_once = 32 };

/// Two neighbours of two outputs: pairs of a channel as 16-bit words, an output in each half.
AVX2_INLINE __m256i neighbours(const uint8_t *row, const int32_t *starts) {
    const __m128i first = _mm_loadl_epi64((const __m128i *)(const void *)(row + 3 * (ptrdiff_t)starts[0]));
    const __m128i second = _mm_loadl_epi64((const __m128i *)(const void *)(row + 3 * (ptrdiff_t)starts[1]));
    const __m256i order = _mm256_setr_epi8(
        0, -128, 3, -128, 1, -128, 4, -128, 2, -128, 5, -128, -128, -128, -128, -128,
        0, -128, 3, -128, 1, -128, 4, -128, 2, -128, 5, -128, -128, -128, -128, -128);
    return _mm256_shuffle_epi8(_mm256_set_m128i(second, first), order);
}

/// The weights of two outputs, in the order of their neighbours.
AVX2_INLINE __m256i weights_of(const int32_t *weights) {
    const int32_t first = weights[0] | weights[1] << 16;
    const int32_t second = weights[2] | weights[3] << 16;
    return _mm256_set_m128i(_mm_set1_epi32(second), _mm_set1_epi32(first));
}

/// The outputs `low ..< high` whose loads lie in the row; the others are at the borders.
static void find_inner(const penstock_axis *axis, int32_t *low, int32_t *high) {
    *low = 0;
    while (*low < axis->count && axis->starts[*low] < 0) *low += 1;
    *high = axis->count;
    while (*high > *low && 3 * axis->starts[*high - 1] + loaded_bytes > 3 * axis->source) *high -= 1;
}

AVX2 void penstock_mix_rows_avx2(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint16_t *out,
    ptrdiff_t out_stride) {
    int32_t low, high;
    find_inner(axis, &low, &high);
    for (int32_t y = 0; y < count; y++) {
        const uint8_t *row = rows + y * stride;
        uint16_t *to = (uint16_t *)(void *)((char *)out + y * out_stride);
        int32_t i = low;
        // Eight samples are stored for two outputs of three: what follows puts the surplus right.
        for (; i + 2 <= high; i += 2) {
            const __m256i sums = _mm256_madd_epi16(
                neighbours(row, axis->starts + i), weights_of(axis->weights + 2 * (size_t)i));
            const __m256i kept = _mm256_srli_epi32(sums, 4);
            const __m256i words = _mm256_packus_epi32(kept, kept);
            _mm_storel_epi64((__m128i *)(void *)(to + 3 * i), _mm256_castsi256_si128(words));
            _mm_storel_epi64((__m128i *)(void *)(to + 3 * i + 3), _mm256_extracti128_si256(words, 1));
        }
        penstock_mix_outputs_scalar(axis, row, 0, low, to);
        penstock_mix_outputs_scalar(axis, row, i, axis->count, to);
    }
}

AVX2 void penstock_mix_columns_avx2(
    const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first, int32_t samples,
    uint8_t *out) {
    const penstock_mixed_rows mixed = penstock_mixed_rows_of(axis, index, rows, stride, first);
    const __m256i upper_weight = _mm256_set1_epi16((int16_t)mixed.upper_weight);
    const __m256i lower_weight = _mm256_set1_epi16((int16_t)mixed.lower_weight);
    const __m256i half = _mm256_set1_epi16(2);
    for (int32_t x = 0; x < samples; x += columns_at_once) {
        __m256i values[2];
        for (int part = 0; part < 2; part++) {
            const __m256i upper = _mm256_loadu_si256((const __m256i *)(const void *)(mixed.upper + x + 16 * part));
            const __m256i lower = _mm256_loadu_si256((const __m256i *)(const void *)(mixed.lower + x + 16 * part));
            const __m256i sum = _mm256_add_epi16(
                _mm256_mulhi_epu16(upper, upper_weight), _mm256_mulhi_epu16(lower, lower_weight));
            values[part] = _mm256_srli_epi16(_mm256_add_epi16(sum, half), 2);
        }
        // Packing works in halves: their quarters are put back in order.
        const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(values[0], values[1]), 0xD8);
        _mm256_storeu_si256((__m256i *)(void *)(out + x), bytes);
    }
}

#endif
