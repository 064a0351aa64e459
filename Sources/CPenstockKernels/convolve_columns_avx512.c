#if defined(__x86_64__)

#include "convolve_avx512.h"
#include "convolve_scalar.h"
#include "variants_x86.h"

enum { columns_at_once = 64, quads_at_once = 64 };

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
