#include "include/penstock_color.h"

#include "wide.h"

// Products and sums are rounded one by one, as in the builds of Pillow.
#pragma STDC FP_CONTRACT OFF

/// ITU-R 601-2 in 16-bit fixed point, rounded half up.
WIDE_BODY uint32_t luma(const uint8_t *pixel) {
    return (19595u * pixel[0] + 38470u * pixel[1] + 7471u * pixel[2] + 0x8000u) >> 16;
}

/// `channels` is a constant wherever this is inlined.
WIDE_BODY void luma_row(uint8_t *restrict destination, const uint8_t *restrict source, size_t width, size_t channels) {
    for (size_t x = 0; x < width; x++) destination[x] = (uint8_t)luma(source + channels * x);
}

WIDE_BODY void luma_of(uint8_t *destination, const uint8_t *source, size_t width, size_t channels) {
    if (channels == 4) luma_row(destination, source, width, 4);
    else luma_row(destination, source, width, 3);
}

WIDE void luma_of_wide(uint8_t *destination, const uint8_t *source, size_t width, size_t channels) {
    luma_of(destination, source, width, channels);
}

void penstock_row_luma(uint8_t *destination, const uint8_t *source, size_t width, size_t channels) {
    WIDEST(luma_of_wide, luma_of, destination, source, width, channels);
}

WIDE_BODY uint64_t luma_sum(const uint8_t *source, size_t width, size_t channels) {
    uint64_t sum = 0;
    for (size_t x = 0; x < width; x++) sum += channels == 1 ? source[x] : luma(source + channels * x);
    return sum;
}

WIDE_BODY uint64_t luma_sum_of(const uint8_t *source, size_t width, size_t channels) {
    switch (channels) {
    case 1: return luma_sum(source, width, 1);
    case 3: return luma_sum(source, width, 3);
    default: return luma_sum(source, width, 4);
    }
}

WIDE uint64_t luma_sum_wide(const uint8_t *source, size_t width, size_t channels) {
    return luma_sum_of(source, width, channels);
}

uint64_t penstock_row_luma_sum(const uint8_t *source, size_t width, size_t channels) {
    return WIDEST(luma_sum_wide, luma_sum_of, source, width, channels);
}

void penstock_row_look_up(uint8_t *row, const uint8_t *table, size_t width, size_t channels) {
    if (channels == 4) {
        for (size_t x = 0; x < width; x++, row += 4) {
            for (int channel = 0; channel < 3; channel++) row[channel] = table[row[channel]];
        }
    } else {
        for (size_t i = 0; i < width * channels; i++) row[i] = table[row[i]];
    }
}

/// Beyond the two samples a blend can leave the range of a byte, and a factor can be too large for an integer.
WIDE_BODY uint8_t blend(int32_t from, int32_t to, float factor) {
    const float value = (float)from + factor * (float)(to - from);
    const float low = value > 0.0f ? value : 0.0f;
    return (uint8_t)(int32_t)(low < 255.0f ? low : 255.0f);
}

uint8_t penstock_blend(uint8_t from, uint8_t to, float factor) { return blend(from, to, factor); }

WIDE_BODY void saturate_row(uint8_t *row, float factor, size_t width, size_t channels) {
    for (size_t x = 0; x < width; x++) {
        uint8_t *pixel = row + channels * x;
        const int32_t gray = (int32_t)luma(pixel);
        const uint8_t red = blend(gray, pixel[0], factor), green = blend(gray, pixel[1], factor);
        pixel[2] = blend(gray, pixel[2], factor);
        pixel[1] = green;
        pixel[0] = red;
    }
}

WIDE_BODY void saturate(uint8_t *row, float factor, size_t width, size_t channels) {
    if (channels == 4) saturate_row(row, factor, width, 4);
    else saturate_row(row, factor, width, 3);
}

WIDE void saturate_wide(uint8_t *row, float factor, size_t width, size_t channels) {
    saturate(row, factor, width, channels);
}

void penstock_row_saturate(uint8_t *row, float factor, size_t width, size_t channels) {
    WIDEST(saturate_wide, saturate, row, factor, width, channels);
}

/// a × b ÷ 255, rounded to nearest without a division.
WIDE_BODY uint32_t fraction(uint32_t a, uint32_t b) {
    const uint32_t product = a * b + 128;
    return (product + (product >> 8)) >> 8;
}

WIDE_BODY void premultiply(uint8_t *destination, const uint8_t *source, size_t width) {
    for (size_t x = 0; x < width; x++) {
        uint32_t pixel;
        __builtin_memcpy(&pixel, source + 4 * x, sizeof pixel);
        const uint32_t alpha = pixel >> 24;
        pixel = fraction(pixel & 255, alpha) | fraction(pixel >> 8 & 255, alpha) << 8
            | fraction(pixel >> 16 & 255, alpha) << 16 | alpha << 24;
        __builtin_memcpy(destination + 4 * x, &pixel, sizeof pixel);
    }
}

WIDE void premultiply_wide(uint8_t *destination, const uint8_t *source, size_t width) {
    premultiply(destination, source, width);
}

void penstock_row_premultiply(uint8_t *destination, const uint8_t *source, size_t width) {
    WIDEST(premultiply_wide, premultiply, destination, source, width);
}

/// A whole quotient below 256, through the rounded one: a proper fraction differs from the next integer by more than
/// single precision rounds, and larger quotients are clamped.
WIDE_BODY uint32_t quotient(uint32_t color, uint32_t divisor) {
    const uint32_t whole = (uint32_t)(int32_t)((float)(int32_t)(255 * color) / (float)(int32_t)divisor);
    return whole < 255 ? whole : 255;
}

WIDE_BODY void unpremultiply(uint8_t *row, size_t width) {
    for (size_t x = 0; x < width; x++) {
        uint32_t pixel;
        __builtin_memcpy(&pixel, row + 4 * x, sizeof pixel);
        const uint32_t alpha = pixel >> 24;
        // What cannot be seen stays as it is.
        const uint32_t divisor = alpha == 0 ? 255 : alpha;
        pixel = quotient(pixel & 255, divisor) | quotient(pixel >> 8 & 255, divisor) << 8
            | quotient(pixel >> 16 & 255, divisor) << 16 | alpha << 24;
        __builtin_memcpy(row + 4 * x, &pixel, sizeof pixel);
    }
}

WIDE void unpremultiply_wide(uint8_t *row, size_t width) { unpremultiply(row, width); }

void penstock_row_unpremultiply(uint8_t *row, size_t width) { WIDEST(unpremultiply_wide, unpremultiply, row, width); }
