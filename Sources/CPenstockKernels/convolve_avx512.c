#if defined(__x86_64__)

#include <immintrin.h>

#include "convolve_scalar.h"
#include "packing_avx512.h"
#include "variants_x86.h"

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vnni")))
#define AVX512_INLINE AVX512 __attribute__((always_inline)) static inline

enum { half = 1 << (PENSTOCK_CONVOLUTION_BITS - 1), rows_at_once = 4, columns_at_once = 64, quads_at_once = 64 };

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

/// Four rows' worth of digits, one row in each byte.
typedef struct quad {
    uint32_t digits[3];
} quad;

/// Splits weights into digits, four taps together; zeros follow the last. Gives the number of quads.
///
/// Three signed digits reach 1.98 times the weight of one; Pillow's filters stay below 1.29.
static int32_t split(const int32_t *weights, int32_t length, quad *quads) {
    const int32_t count = (length + 3) / 4;
    for (int32_t i = 0; i < count; i++) quads[i] = (quad){ { 0, 0, 0 } };
    for (int32_t tap = 0; tap < length; tap++) {
        int32_t rest = weights[tap];
        for (int digit = 0; digit < 3; digit++) {
            const int8_t value = (int8_t)(uint8_t)((uint32_t)rest & 255);
            quads[tap / 4].digits[digit] |= (uint32_t)(uint8_t)value << (tap % 4 * 8);
            rest = (rest - value) / 256;
        }
    }
    return count;
}

/// Interleaves 64 columns of four rows, so that each lane holds the samples of one column.
AVX512_INLINE void interleave(const uint8_t *const rows[4], __m512i columns[4]) {
    const __m512i first = _mm512_loadu_si512(rows[0]);
    const __m512i second = _mm512_loadu_si512(rows[1]);
    const __m512i third = _mm512_loadu_si512(rows[2]);
    const __m512i fourth = _mm512_loadu_si512(rows[3]);
    const __m512i upper_low = _mm512_unpacklo_epi8(first, second);
    const __m512i upper_high = _mm512_unpackhi_epi8(first, second);
    const __m512i lower_low = _mm512_unpacklo_epi8(third, fourth);
    const __m512i lower_high = _mm512_unpackhi_epi8(third, fourth);
    columns[0] = _mm512_unpacklo_epi16(upper_low, lower_low);
    columns[1] = _mm512_unpackhi_epi16(upper_low, lower_low);
    columns[2] = _mm512_unpacklo_epi16(upper_high, lower_high);
    columns[3] = _mm512_unpackhi_epi16(upper_high, lower_high);
}

/// Makes 64 columns from `length` rows.
AVX512_INLINE __m512i convolve_block(
    const uint8_t *top, ptrdiff_t stride, int32_t length, const quad *quads, int32_t count) {
    sums all[4] = { zero(), zero(), zero(), zero() };
    for (int32_t i = 0; i < count; i++) {
        const uint8_t *rows[4];
        // Rows after the last have no weight: any row will do.
        for (int tap = 0; tap < 4; tap++) rows[tap] = top + (4 * i + tap < length ? 4 * i + tap : 4 * i) * stride;
        __m512i columns[4];
        interleave(rows, columns);
        const __m512i digits[3] = {
            _mm512_set1_epi32((int32_t)quads[i].digits[0]), _mm512_set1_epi32((int32_t)quads[i].digits[1]),
            _mm512_set1_epi32((int32_t)quads[i].digits[2]),
        };
        for (int part = 0; part < 4; part++) add_products(&all[part], columns[part], digits);
    }
    __m512i values[4];
    for (int part = 0; part < 4; part++) {
        const __m512i whole = _mm512_add_epi32(put_together(all[part]), _mm512_set1_epi32(half));
        values[part] = _mm512_srai_epi32(whole, PENSTOCK_CONVOLUTION_BITS);
    }
    // Packing undoes the interleaving, and clamps.
    return _mm512_packus_epi16(_mm512_packs_epi32(values[0], values[1]), _mm512_packs_epi32(values[2], values[3]));
}

AVX512 void penstock_convolve_columns_avx512(
    const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride, int32_t first, int32_t bytes,
    uint8_t *out) {
    const int32_t length = axis->lengths[index];
    const int32_t *weights = axis->weights + (size_t)index * (size_t)axis->taps;
    if (length > 4 * quads_at_once) {
        penstock_convolve_columns_scalar(axis, index, rows, stride, first, bytes, out);
        return;
    }
    quad quads[quads_at_once];
    const int32_t count = split(weights, length, quads);
    const uint8_t *top = rows + (axis->starts[index] - first) * stride;
    for (int32_t x = 0; x < bytes; x += columns_at_once) {
        _mm512_storeu_si512(out + x, convolve_block(top + x, stride, length, quads, count));
    }
}

#endif
