/// The transform of several blocks at a time, one in each 128 bits of a vector.
///
/// Whoever includes this defines `JPEG_TARGET`, the type `words` of a vector, and what works on each 128 bits alike:
/// `PLUS`, `MINUS`, `LOW` and `HIGH` (unpacking by 16 bits), `LOW32`, `HIGH32`, `LOW64`, `HIGH64`, `MORE` (products of
/// pairs added to sums), `PACK`, `UP` and `DOWN` (shifts of 16 bits), `DOWN32`, `EACH16` and `EACH32`.
#include "jpeg_dct.h"

#define JPEG_INLINE JPEG_TARGET __attribute__((always_inline)) static inline

/// Exchanges the rows and columns of the blocks.
JPEG_INLINE void transpose(words v[8]) {
    words pairs[8], fours[8];
    for (int i = 0; i < 4; i++) {
        pairs[2 * i] = LOW(v[2 * i], v[2 * i + 1]);
        pairs[2 * i + 1] = HIGH(v[2 * i], v[2 * i + 1]);
    }
    for (int i = 0; i < 8; i += 4) {
        for (int k = 0; k < 2; k++) {
            fours[i + 2 * k] = LOW32(pairs[i + k], pairs[i + k + 2]);
            fours[i + 2 * k + 1] = HIGH32(pairs[i + k], pairs[i + k + 2]);
        }
    }
    for (int i = 0; i < 4; i++) {
        v[2 * i] = LOW64(fours[i], fours[i + 4]);
        v[2 * i + 1] = HIGH64(fours[i], fours[i + 4]);
    }
}

/// Two factors of 16 bits, for products of pairs.
JPEG_INLINE words factors(int16_t first, int16_t second) {
    return EACH32((int32_t)((uint32_t)(uint16_t)first | (uint32_t)(uint16_t)second << 16));
}

/// One output: one or two pairs of inputs by their factors, rounded to what is kept.
JPEG_INLINE words weighted(const words *low, const words *high, const int16_t *by, int pairs, int bits) {
    words l = EACH32(1 << (bits - 1)), h = l;
    for (int i = 0; i < pairs; i++) {
        const words factor = factors(by[2 * i], by[2 * i + 1]);
        l = MORE(l, low[i], factor);
        h = MORE(h, high[i], factor);
    }
    return PACK(DOWN32(l, bits), DOWN32(h, bits));
}

/// One pass: the eight vectors hold the eight inputs of each of many transforms.
JPEG_INLINE void pass(words v[8], int is_second) {
    const int bits = is_second ? jpeg_dct_bits + jpeg_dct_pass_bits : jpeg_dct_bits - jpeg_dct_pass_bits;
    words sum[4], difference[4];
    for (int i = 0; i < 4; i++) {
        sum[i] = PLUS(v[i], v[7 - i]);
        difference[i] = MINUS(v[i], v[7 - i]);
    }
    const words ends = PLUS(sum[0], sum[3]), middle = PLUS(sum[1], sum[2]);
    const words p = MINUS(sum[0], sum[3]), q = MINUS(sum[1], sum[2]);
    const words flat = PLUS(ends, middle), steep = MINUS(ends, middle);
    const words half = EACH16(1 << (jpeg_dct_pass_bits - 1));
    v[0] = is_second ? DOWN(PLUS(flat, half), jpeg_dct_pass_bits) : UP(flat, jpeg_dct_pass_bits);
    v[4] = is_second ? DOWN(PLUS(steep, half), jpeg_dct_pass_bits) : UP(steep, jpeg_dct_pass_bits);
    const words low = LOW(p, q), high = HIGH(p, q);
    const words lows[2] = { LOW(difference[0], difference[1]), LOW(difference[2], difference[3]) };
    const words highs[2] = { HIGH(difference[0], difference[1]), HIGH(difference[2], difference[3]) };
    for (int i = 0; i < 2; i++) v[4 * i + 2] = weighted(&low, &high, jpeg_dct_even[i], 1, bits);
    for (int i = 0; i < 4; i++) v[2 * i + 1] = weighted(lows, highs, jpeg_dct_odd[i], 2, bits);
}

/// Both passes, from rows of samples around zero to rows of coefficients.
JPEG_INLINE void transform(words v[8]) {
    transpose(v);
    pass(v, 0);
    transpose(v);
    pass(v, 1);
}
