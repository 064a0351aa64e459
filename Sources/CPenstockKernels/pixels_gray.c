#include "include/penstock_pixels.h"

#if defined(__x86_64__)

#include <immintrin.h>

/// Converts sixteen pixels at a time; gives how many it converted.
__attribute__((target("ssse3"))) static int32_t convert_sixteens(const uint8_t *gray, int32_t pixels, uint8_t *rgb) {
    const __m128i first = _mm_setr_epi8(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5);
    const __m128i second = _mm_setr_epi8(5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 9, 10, 10);
    const __m128i third = _mm_setr_epi8(10, 11, 11, 11, 12, 12, 12, 13, 13, 13, 14, 14, 14, 15, 15, 15);
    int32_t x = 0;
    for (; x + 16 <= pixels; x += 16, rgb += 48) {
        const __m128i samples = _mm_loadu_si128((const __m128i *)(const void *)(gray + x));
        _mm_storeu_si128((__m128i *)(void *)rgb, _mm_shuffle_epi8(samples, first));
        _mm_storeu_si128((__m128i *)(void *)(rgb + 16), _mm_shuffle_epi8(samples, second));
        _mm_storeu_si128((__m128i *)(void *)(rgb + 32), _mm_shuffle_epi8(samples, third));
    }
    return x;
}

#endif

void penstock_gray_to_rgb(const uint8_t *gray, int32_t pixels, uint8_t *rgb) {
    int32_t x = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("ssse3")) x = convert_sixteens(gray, pixels, rgb);
#endif
    for (; x < pixels; x++) rgb[3 * (size_t)x] = rgb[3 * (size_t)x + 1] = rgb[3 * (size_t)x + 2] = gray[x];
}
