#include "include/penstock_pixels.h"

#if defined(__x86_64__)

#include <immintrin.h>

/// Converts four pixels at a time, while sixteen bytes may be stored; gives how many it converted.
__attribute__((target("ssse3"))) static int32_t convert_fours(const uint8_t *rgba, int32_t pixels, uint8_t *rgb) {
    const __m128i order = _mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -128, -128, -128, -128);
    int32_t x = 0;
    // The next store, or the loop after this, puts the four surplus bytes right.
    for (; 3 * (pixels - x) >= 16; x += 4) {
        const __m128i loaded = _mm_loadu_si128((const __m128i *)(const void *)(rgba + 4 * (size_t)x));
        _mm_storeu_si128((__m128i *)(void *)(rgb + 3 * (size_t)x), _mm_shuffle_epi8(loaded, order));
    }
    return x;
}

#endif

void penstock_rgba_to_rgb(const uint8_t *rgba, int32_t pixels, uint8_t *rgb) {
    int32_t x = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("ssse3")) x = convert_fours(rgba, pixels, rgb);
#endif
    for (; x < pixels; x++) __builtin_memcpy(rgb + 3 * (size_t)x, rgba + 4 * (size_t)x, 3);
}
