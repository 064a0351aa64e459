#include "include/penstock_pixels.h"

#define INLINE __attribute__((always_inline)) static inline

INLINE void mirror(uint8_t *row, size_t width, size_t channels) {
    if (width < 2) return;
    uint8_t *left = row;
    uint8_t *right = row + (width - 1) * channels;
    while (left < right) {
        for (size_t channel = 0; channel < channels; channel++) {
            uint8_t kept = left[channel];
            left[channel] = right[channel];
            right[channel] = kept;
        }
        left += channels;
        right -= channels;
    }
}

// The channels are a constant in each call: the loops over them unroll.
void penstock_row_mirror(uint8_t *row, size_t width, size_t channels) {
    switch (channels) {
    case 1: return mirror(row, width, 1);
    case 4: return mirror(row, width, 4);
    default: return mirror(row, width, 3);
    }
}

INLINE void transpose(
    uint8_t *destination, ptrdiff_t column_step, ptrdiff_t row_step,
    const uint8_t *source, ptrdiff_t stride, size_t width, size_t height, size_t channels) {
    for (size_t x = 0; x < width; x++) {
        const uint8_t *from = source + channels * x;
        uint8_t *to = destination + (ptrdiff_t)x * column_step;
        for (size_t y = 0; y < height; y++) {
            for (size_t channel = 0; channel < channels; channel++) to[channel] = from[channel];
            from += stride;
            to += row_step;
        }
    }
}

void penstock_block_transpose(
    uint8_t *destination, ptrdiff_t column_step, ptrdiff_t row_step,
    const uint8_t *source, ptrdiff_t stride, size_t width, size_t height, size_t channels) {
    switch (channels) {
    case 1: return transpose(destination, column_step, row_step, source, stride, width, height, 1);
    case 4: return transpose(destination, column_step, row_step, source, stride, width, height, 4);
    default: return transpose(destination, column_step, row_step, source, stride, width, height, 3);
    }
}

// a × b ÷ 255, rounded to nearest without a division.
static inline uint8_t fraction(unsigned a, unsigned b) {
    unsigned product = a * b + 128;
    return (uint8_t)((product + (product >> 8)) >> 8);
}

void penstock_row_inverted_cmyk(uint8_t *destination, const uint8_t *source, size_t width) {
    for (size_t x = 0; x < width; x++) {
        // The file holds 255 − ink: its K is already the light that black ink lets through.
        unsigned light = source[4 * x + 3];
        for (int channel = 0; channel < 3; channel++) {
            unsigned ink = 255u - source[4 * x + channel];
            destination[3 * x + channel] = (uint8_t)(light - fraction(ink, light));
        }
    }
}

void penstock_row_gray(uint8_t *destination, const uint8_t *source, size_t width, size_t step) {
    for (size_t x = 0; x < width; x++) {
        uint8_t value = source[x * step];
        destination[3 * x] = value;
        destination[3 * x + 1] = value;
        destination[3 * x + 2] = value;
    }
}

void penstock_row_channel(uint8_t *destination, const uint8_t *source, size_t width, size_t step) {
    if (step == 1) __builtin_memcpy(destination, source, width);
    else for (size_t x = 0; x < width; x++) destination[x] = source[x * step];
}

void penstock_row_gray_bits(uint8_t *destination, const uint8_t *source, size_t width, uint8_t zero, uint8_t one) {
    for (size_t x = 0; x < width; x++) destination[x] = (source[x >> 3] >> (7 - (x & 7))) & 1 ? one : zero;
}

void penstock_row_pick_rgba(
    uint8_t *destination, const uint8_t *source, size_t width, size_t step, size_t red, size_t green, size_t blue,
    size_t alpha) {
    for (size_t x = 0; x < width; x++, destination += 4, source += step) {
        destination[0] = source[red];
        destination[1] = source[green];
        destination[2] = source[blue];
        destination[3] = source[alpha];
    }
}

void penstock_row_palette_rgba(uint8_t *destination, const uint8_t *source, const uint8_t *palette, size_t width) {
    for (size_t x = 0; x < width; x++) {
        uint32_t color;
        __builtin_memcpy(&color, palette + 4 * (size_t)source[x], sizeof color);
        destination[4 * x] = (uint8_t)(color >> 16);
        destination[4 * x + 1] = (uint8_t)(color >> 8);
        destination[4 * x + 2] = (uint8_t)color;
        destination[4 * x + 3] = (uint8_t)(color >> 24);
    }
}

void penstock_row_add_alpha(uint8_t *row, const uint8_t *alpha, size_t width, size_t step) {
    for (size_t x = 0; x < width; x++) {
        // Each pixel ends at or before the next of those still to be read.
        const uint8_t *color = row + width + 3 * x;
        const uint8_t red = color[0], green = color[1], blue = color[2];
        row[4 * x] = red;
        row[4 * x + 1] = green;
        row[4 * x + 2] = blue;
        row[4 * x + 3] = alpha ? alpha[step * x] : 255;
    }
}

void penstock_row_bits(uint8_t *destination, const uint8_t *source, size_t width, uint8_t zero, uint8_t one) {
    for (size_t x = 0; x < width; x++) {
        uint8_t value = (source[x >> 3] >> (7 - (x & 7))) & 1 ? one : zero;
        destination[3 * x] = value;
        destination[3 * x + 1] = value;
        destination[3 * x + 2] = value;
    }
}

void penstock_row_pick(
    uint8_t *destination, const uint8_t *source, size_t width, size_t step, size_t red, size_t green, size_t blue) {
    for (size_t x = 0; x < width; x++) {
        destination[3 * x] = source[red];
        destination[3 * x + 1] = source[green];
        destination[3 * x + 2] = source[blue];
        source += step;
    }
}

void penstock_row_planes(
    uint8_t *destination, const uint8_t *red, const uint8_t *green, const uint8_t *blue, size_t width, size_t step) {
    for (size_t x = 0; x < width; x++) {
        destination[3 * x] = red[x * step];
        destination[3 * x + 1] = green[x * step];
        destination[3 * x + 2] = blue[x * step];
    }
}

void penstock_row_palette(uint8_t *destination, const uint8_t *source, const uint8_t *palette, size_t width) {
    for (size_t x = 0; x < width; x++) {
        uint32_t color;
        __builtin_memcpy(&color, palette + 4 * (size_t)source[x], sizeof color);
        destination[3 * x] = (uint8_t)(color >> 16);
        destination[3 * x + 1] = (uint8_t)(color >> 8);
        destination[3 * x + 2] = (uint8_t)color;
    }
}

// The product of a sample and a coefficient of 14 fractional bits, with 6 of them kept.
static inline int scaled(int sample, int coefficient) { return (sample * coefficient) >> 8; }

// Drops the 6 fractional bits and clamps to a byte.
static inline uint8_t clamped(int value) {
    if (value < 0) return 0;
    if (value >= 256 << 6) return 255;
    return (uint8_t)(value >> 6);
}

static inline void webp_pixel(uint8_t *destination, int y, int u, int v) {
    int light = scaled(y, 19077);
    destination[0] = clamped(light + scaled(v, 26149) - 14234);
    destination[1] = clamped(light - scaled(u, 6419) - scaled(v, 13320) + 8708);
    destination[2] = clamped(light + scaled(u, 33050) - 17685);
}

// The sample a quarter of the way from `nearest` to its three neighbours, rounded in the two steps of libwebp.
static inline int blend(int nearest, int beside, int above, int across) {
    return (((nearest + 3 * beside + 3 * above + across + 8) >> 3) + nearest) >> 1;
}

void penstock_row_webp(
    uint8_t *destination, const uint8_t *luma, const uint8_t *near_u, const uint8_t *near_v, const uint8_t *far_u,
    const uint8_t *far_v, size_t width) {
    if (width == 0) return;
    // Beyond the left and right edges the chroma is its own neighbour, which leaves the vertical blend.
    webp_pixel(destination, luma[0], (3 * near_u[0] + far_u[0] + 2) >> 2, (3 * near_v[0] + far_v[0] + 2) >> 2);
    for (size_t x = 1; x < width; x++) {
        size_t own = x / 2;
        size_t beside = x & 1 ? own + 1 : own - 1;
        int u, v;
        if (x == width - 1 && (width & 1) == 0) {
            u = (3 * near_u[own] + far_u[own] + 2) >> 2;
            v = (3 * near_v[own] + far_v[own] + 2) >> 2;
        } else {
            u = blend(near_u[own], near_u[beside], far_u[own], far_u[beside]);
            v = blend(near_v[own], near_v[beside], far_v[own], far_v[beside]);
        }
        webp_pixel(destination + 3 * x, luma[x], u, v);
    }
}

void penstock_row_packed(uint8_t *destination, const uint8_t *source, size_t width, int green_bits) {
    unsigned most_green = (1u << green_bits) - 1;
    for (size_t x = 0; x < width; x++) {
        unsigned pixel = source[2 * x] | (unsigned)source[2 * x + 1] << 8;
        destination[3 * x] = (uint8_t)((pixel >> (5 + green_bits) & 31) * 255 / 31);
        destination[3 * x + 1] = (uint8_t)((pixel >> 5 & most_green) * 255 / most_green);
        destination[3 * x + 2] = (uint8_t)((pixel & 31) * 255 / 31);
    }
}
