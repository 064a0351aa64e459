#include "jpeg_dct.h"
#include "jpeg_scalar.h"
#include "jpeg_tables.h"

/// A sum of the second pass or the first, rounded to what is kept of it.
static int32_t rounded(int32_t sum, int32_t bits) { return (sum + (1 << (bits - 1))) >> bits; }

/// Transforms 8 values that are `step` apart; both passes round as libjpeg's accurate transform rounds.
static void transform(int16_t *values, int32_t step, int32_t is_second) {
    int32_t sum[4], difference[4];
    for (int32_t i = 0; i < 4; i++) {
        sum[i] = values[i * step] + values[(7 - i) * step];
        difference[i] = values[i * step] - values[(7 - i) * step];
    }
    const int32_t ends = sum[0] + sum[3], middle = sum[1] + sum[2], p = sum[0] - sum[3], q = sum[1] - sum[2];
    const int32_t bits = is_second ? jpeg_dct_bits + jpeg_dct_pass_bits : jpeg_dct_bits - jpeg_dct_pass_bits;
    for (int32_t i = 0; i < 2; i++) {
        const int32_t flat = i == 0 ? ends + middle : ends - middle;
        const int32_t kept = is_second ? rounded(flat, jpeg_dct_pass_bits) : flat * (1 << jpeg_dct_pass_bits);
        values[4 * i * step] = (int16_t)kept;
        values[(4 * i + 2) * step] = (int16_t)rounded(p * jpeg_dct_even[i][0] + q * jpeg_dct_even[i][1], bits);
    }
    for (int32_t i = 0; i < 4; i++) {
        int32_t total = 0;
        for (int32_t k = 0; k < 4; k++) total += difference[k] * jpeg_dct_odd[i][k];
        values[(2 * i + 1) * step] = (int16_t)rounded(total, bits);
    }
}

static int16_t quantized(const penstock_jpeg_quantizer *quantizer, int32_t index, int32_t value) {
    const uint32_t magnitude = (uint32_t)(value < 0 ? -value : value) + quantizer->rounding[index];
    const int32_t result = (int32_t)(magnitude * quantizer->reciprocal[index] >> 16 >> quantizer->shift[index]);
    return (int16_t)(value < 0 ? -result : result);
}

static void transform_block(
    const penstock_jpeg_quantizer *quantizer, const uint8_t *rows, ptrdiff_t stride, int16_t *out) {
    int16_t block[PENSTOCK_JPEG_BLOCK];
    for (int32_t y = 0; y < 8; y++) {
        for (int32_t x = 0; x < 8; x++) block[8 * y + x] = (int16_t)(rows[y * stride + x] - 128);
        transform(block + 8 * y, 1, 0);
    }
    for (int32_t x = 0; x < 8; x++) transform(block + x, 8, 1);
    for (int32_t i = 0; i < PENSTOCK_JPEG_BLOCK; i++) {
        const int32_t place = penstock_jpeg_order[i];
        out[i] = quantized(quantizer, place, block[place]);
    }
}

void penstock_jpeg_transform_scalar(
    const penstock_jpeg_quantizer *quantizer, const uint8_t *rows, ptrdiff_t stride, int32_t blocks, int32_t a_unit,
    int32_t unit_blocks, int16_t *out) {
    for (int32_t i = 0; i < blocks; i++) {
        transform_block(quantizer, rows + 8 * i, stride, out + jpeg_block_offset(i, a_unit, unit_blocks));
    }
}
