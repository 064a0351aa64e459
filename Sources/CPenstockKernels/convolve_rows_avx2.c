#if defined(__x86_64__)

#include "convolve_avx2.h"
#include "convolve_scalar.h"
#include "variants_x86.h"

enum { rows_at_once = 4 };

/// Where the samples of four pixels go: pairs of a channel as 16-bit words, two pairs of pixels in two halves.
AVX2_INLINE __m256i places(int late) {
    const __m256i all = _mm256_setr_epi8(
        0, -128, 3, -128, 1, -128, 4, -128, 2, -128, 5, -128, -128, -128, -128, -128,
        6, -128, 9, -128, 7, -128, 10, -128, 8, -128, 11, -128, -128, -128, -128, -128);
    return late ? _mm256_add_epi8(all, _mm256_set1_epi8(penstock_avx2_late_bytes)) : all;
}

/// The sums of one output over `count` rows, which is a constant wherever this is called.
AVX2_INLINE void sum_output(
    const penstock_step_avx2 *step, int32_t steps, const uint8_t *pixel, ptrdiff_t stride, __m256i order, int count,
    __m256i *out) {
    sums all[rows_at_once] = { zero(), zero(), zero(), zero() };
    for (int32_t i = 0; i < steps; i++, step++, pixel += 12) {
        const __m256i high = _mm256_load_si256((const __m256i *)(const void *)step->high);
        const __m256i low = _mm256_load_si256((const __m256i *)(const void *)step->low);
        for (int y = 0; y < count; y++) {
            const __m128i loaded = _mm_loadu_si128((const __m128i *)(const void *)(pixel + y * stride));
            add_products(&all[y], _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(loaded), order), high, low);
        }
    }
    for (int y = 0; y < rows_at_once; y++) out[y] = put_together(all[y]);
}

/// Writes the pixels of four rows, each the sum of a vector's halves.
AVX2_INLINE void write_pixels(const __m256i whole[rows_at_once], int count, uint8_t *out, ptrdiff_t out_stride) {
    const __m256i first = _mm256_add_epi32(
        _mm256_permute2x128_si256(whole[0], whole[1], 0x20), _mm256_permute2x128_si256(whole[0], whole[1], 0x31));
    const __m256i second = _mm256_add_epi32(
        _mm256_permute2x128_si256(whole[2], whole[3], 0x20), _mm256_permute2x128_si256(whole[2], whole[3], 0x31));
    const __m256i words = _mm256_packs_epi32(rounded(first), rounded(second));
    uint32_t pixels[8];
    _mm256_storeu_si256((__m256i *)(void *)pixels, _mm256_packus_epi16(words, words));
    // Packing works in halves: rows 0 and 2 are in the first, 1 and 3 in the second.
    static const int order[rows_at_once] = { 0, 4, 1, 5 };
    for (int y = 0; y < count; y++) __builtin_memcpy(out + y * out_stride, &pixels[order[y]], sizeof *pixels);
}

/// Makes `count` rows; each store's surplus byte is overwritten by the next, or falls in the slack.
AVX2_INLINE void convolve_some(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int count, uint8_t *out, ptrdiff_t out_stride) {
    const int32_t *offsets = penstock_offsets_avx2(axis);
    const penstock_step_avx2 *steps = penstock_steps_avx2(axis);
    const int32_t number = axis->packed_steps;
    for (int32_t i = 0; i < axis->count; i++, steps += number, out += 3) {
        const int late = i >= axis->packed_group;
        const uint8_t *pixel = rows + offsets[i] - (late ? penstock_avx2_late_bytes : 0);
        __m256i whole[rows_at_once];
        sum_output(steps, number, pixel, stride, places(late), count, whole);
        write_pixels(whole, count, out, out_stride);
    }
}

AVX2 void penstock_convolve_rows_avx2(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out,
    ptrdiff_t out_stride) {
    if (axis->packing != PENSTOCK_PACKING_AVX2) {
        penstock_convolve_rows_scalar(axis, rows, stride, count, out, out_stride);
        return;
    }
    int32_t y = 0;
    for (; y + rows_at_once <= count; y += rows_at_once) {
        convolve_some(axis, rows + y * stride, stride, rows_at_once, out + y * out_stride, out_stride);
    }
    for (; y < count; y++) convolve_some(axis, rows + y * stride, stride, 1, out + y * out_stride, out_stride);
}

#endif
