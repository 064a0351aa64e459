#if defined(__x86_64__)

#include "convolve_avx512.h"
#include "convolve_scalar.h"
#include "packing_avx512.h"
#include "variants_x86.h"

enum { rows_at_once = 4 };

/// Sixteen sums in fixed point as samples: rounded half up and clamped.
AVX512_INLINE __m128i samples_of(__m512i whole) {
    const __m512i value = _mm512_srai_epi32(_mm512_add_epi32(whole, _mm512_set1_epi32(half)), PENSTOCK_CONVOLUTION_BITS);
    return _mm512_cvtusepi32_epi8(_mm512_max_epi32(value, _mm512_setzero_si512()));
}

/// The sums of one group over `count` rows, which is a constant wherever this is called.
AVX512_INLINE void sum_group(
    const penstock_step_avx512 *step, const int32_t *windows, int32_t steps, int wide, const uint8_t *rows,
    ptrdiff_t stride, int count, __m512i *out) {
    sums all[rows_at_once];
    for (int y = 0; y < count; y++) all[y] = zero();
    for (int32_t i = 0; i < steps; i++, step++) {
        const __m512i places = _mm512_load_si512(step->places);
        const __m512i digits[3] = {
            _mm512_load_si512(step->digits[0]), _mm512_load_si512(step->digits[1]), _mm512_load_si512(step->digits[2]),
        };
        const uint8_t *window = rows + windows[i];
        for (int y = 0; y < count; y++) {
            const __m512i low = _mm512_loadu_si512(window + y * stride);
            const __m512i samples = wide
                ? _mm512_permutex2var_epi8(low, places, _mm512_loadu_si512(window + y * stride + 64))
                : _mm512_permutexvar_epi8(places, low);
            add_products(&all[y], samples, digits);
        }
    }
    for (int y = 0; y < count; y++) out[y] = put_together(all[y]);
}

/// Makes `count` rows, group after group; each store's surplus is overwritten by the next, or falls in the slack.
AVX512_INLINE void convolve_grouped(
    const penstock_axis *axis, int wide, const uint8_t *rows, ptrdiff_t stride, int count, uint8_t *out,
    ptrdiff_t out_stride) {
    const int32_t *windows = penstock_windows_avx512(axis);
    const penstock_step_avx512 *steps = penstock_steps_avx512(axis);
    const int32_t number = axis->packed_steps;
    const int32_t groups = penstock_groups_avx512(axis);
    const int32_t group_bytes = 3 * axis->packed_group;
    for (int32_t group = 0; group < groups; group++, steps += number, windows += number, out += group_bytes) {
        __m512i whole[rows_at_once];
        sum_group(steps, windows, number, wide, rows, stride, count, whole);
        for (int y = 0; y < count; y++) {
            _mm_storeu_si128((__m128i *)(void *)(out + y * out_stride), samples_of(whole[y]));
        }
    }
}

/// The sums of the quarters of four vectors, a quarter for each.
AVX512_INLINE __m512i quarter_sums(const __m512i whole[4]) {
    const __m512i upper = _mm512_add_epi32(
        _mm512_shuffle_i32x4(whole[0], whole[1], 0x44), _mm512_shuffle_i32x4(whole[0], whole[1], 0xEE));
    const __m512i lower = _mm512_add_epi32(
        _mm512_shuffle_i32x4(whole[2], whole[3], 0x44), _mm512_shuffle_i32x4(whole[2], whole[3], 0xEE));
    return _mm512_add_epi32(_mm512_shuffle_i32x4(upper, lower, 0x88), _mm512_shuffle_i32x4(upper, lower, 0xDD));
}

/// Makes `count` rows, an output at a time.
AVX512_INLINE void convolve_spread(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int count, uint8_t *out, ptrdiff_t out_stride) {
    const int32_t *windows = penstock_windows_avx512(axis);
    const penstock_step_avx512 *steps = penstock_steps_avx512(axis);
    const int32_t number = axis->packed_steps;
    for (int32_t i = 0; i < axis->count; i++, steps += number, windows += number, out += 3) {
        __m512i whole[rows_at_once];
        for (int y = 0; y < rows_at_once; y++) whole[y] = _mm512_setzero_si512();
        sum_group(steps, windows, number, 0, rows, stride, count, whole);
        const __m128i pixels = samples_of(quarter_sums(whole));
        uint32_t pixel[4];
        _mm_storeu_si128((__m128i *)(void *)pixel, pixels);
        for (int y = 0; y < count; y++) __builtin_memcpy(out + y * out_stride, &pixel[y], sizeof *pixel);
    }
}

AVX512_INLINE void convolve_some(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int count, uint8_t *out, ptrdiff_t out_stride) {
    switch (axis->packed_window) {
    case 64: convolve_grouped(axis, 0, rows, stride, count, out, out_stride); break;
    case 128: convolve_grouped(axis, 1, rows, stride, count, out, out_stride); break;
    default: convolve_spread(axis, rows, stride, count, out, out_stride); break;
    }
}

AVX512 void penstock_convolve_rows_avx512(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out,
    ptrdiff_t out_stride) {
    if (axis->packing != PENSTOCK_PACKING_AVX512) {
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
