#include "include/penstock_pixels.h"

#if defined(__x86_64__)

#include <immintrin.h>

/// Turns five pixels at a time, while sixteen bytes may be loaded and stored; gives how many it turned.
__attribute__((target("ssse3"))) static int32_t turn_fives(const uint8_t *row, int32_t pixels, uint8_t *out) {
    const __m128i order = _mm_setr_epi8(13, 14, 15, 10, 11, 12, 7, 8, 9, 4, 5, 6, 1, 2, 3, -128);
    int32_t x = 0;
    // The load ends with the five pixels; the next store, or the loop after this, puts the surplus byte right.
    for (; 3 * (pixels - x) >= 16; x += 5) {
        const uint8_t *last = row + 3 * (size_t)(pixels - x) - 16;
        const __m128i loaded = _mm_loadu_si128((const __m128i *)(const void *)last);
        _mm_storeu_si128((__m128i *)(void *)(out + 3 * (size_t)x), _mm_shuffle_epi8(loaded, order));
    }
    return x;
}

#endif

void penstock_mirror_rgb(const uint8_t *row, int32_t pixels, uint8_t *out) {
    int32_t x = 0;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("ssse3")) x = turn_fives(row, pixels, out);
#endif
    for (; x < pixels; x++) __builtin_memcpy(out + 3 * (size_t)x, row + 3 * (size_t)(pixels - 1 - x), 3);
}
