#if defined(__x86_64__)

#include "convolve_avx2.h"
#include "convolve_scalar.h"
#include "variants_x86.h"

enum { columns_at_once = 32, pairs_at_once = 128 };

/// The weights of two rows in one lane, row after row.
typedef struct pair {
    uint32_t high, low;
} pair;

/// Splits weights into parts, two taps together; a zero follows an odd last one. Gives the number of pairs.
static int32_t split(const int32_t *weights, int32_t length, pair *pairs) {
    const int32_t count = (length + 1) / 2;
    for (int32_t i = 0; i < count; i++) pairs[i] = (pair){ 0, 0 };
    for (int32_t tap = 0; tap < length; tap++) {
        const uint32_t low = (uint32_t)weights[tap] & ((1u << penstock_avx2_low_bits) - 1);
        const uint32_t high = (uint32_t)(weights[tap] >> penstock_avx2_low_bits) & 0xFFFF;
        pairs[tap / 2].low |= low << (tap % 2 * 16);
        pairs[tap / 2].high |= high << (tap % 2 * 16);
    }
    return count;
}

/// Makes 32 columns from `length` rows.
AVX2_INLINE __m256i convolve_block(
    const uint8_t *top, ptrdiff_t stride, int32_t length, const pair *pairs, int32_t count) {
    const __m256i none = _mm256_setzero_si256();
    sums all[4] = { zero(), zero(), zero(), zero() };
    for (int32_t i = 0; i < count; i++) {
        // A row after the last has no weight: the one before it will do.
        const uint8_t *second_row = top + (2 * i + 1 < length ? 2 * i + 1 : 2 * i) * stride;
        const __m256i first = _mm256_loadu_si256((const __m256i *)(const void *)(top + 2 * i * stride));
        const __m256i second = _mm256_loadu_si256((const __m256i *)(const void *)second_row);
        const __m256i lower = _mm256_unpacklo_epi8(first, second);
        const __m256i upper = _mm256_unpackhi_epi8(first, second);
        const __m256i high = _mm256_set1_epi32((int32_t)pairs[i].high);
        const __m256i low = _mm256_set1_epi32((int32_t)pairs[i].low);
        add_products(&all[0], _mm256_unpacklo_epi8(lower, none), high, low);
        add_products(&all[1], _mm256_unpackhi_epi8(lower, none), high, low);
        add_products(&all[2], _mm256_unpacklo_epi8(upper, none), high, low);
        add_products(&all[3], _mm256_unpackhi_epi8(upper, none), high, low);
    }
    __m256i values[4];
    for (int part = 0; part < 4; part++) values[part] = rounded(put_together(all[part]));
    // Packing undoes the interleaving, and clamps.
    return _mm256_packus_epi16(_mm256_packs_epi32(values[0], values[1]), _mm256_packs_epi32(values[2], values[3]));
}

AVX2 void penstock_convolve_columns_avx2(
    const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride, int32_t first, int32_t bytes,
    uint8_t *out) {
    const int32_t length = axis->lengths[index];
    if (length > 2 * pairs_at_once) {
        penstock_convolve_columns_scalar(axis, index, rows, stride, first, bytes, out);
        return;
    }
    pair pairs[pairs_at_once];
    const int32_t count = split(axis->weights + (size_t)index * (size_t)axis->taps, length, pairs);
    const uint8_t *top = rows + (axis->starts[index] - first) * stride;
    for (int32_t x = 0; x < bytes; x += columns_at_once) {
        const __m256i block = convolve_block(top + x, stride, length, pairs, count);
        _mm256_storeu_si256((__m256i *)(void *)(out + x), block);
    }
}

#endif
