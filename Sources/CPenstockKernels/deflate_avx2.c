#if defined(__x86_64__)

#include <immintrin.h>

#include "deflate_runs.h"

#define AVX2 __attribute__((target("avx2,fma")))
#define AVX2_INLINE AVX2 __attribute__((always_inline)) static inline

enum { bytes_at_once = 32 };

/// Marks which of 32 bytes equal the one before.
AVX2_INLINE uint32_t repeats(const uint8_t *bytes) {
    const __m256i own = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    const __m256i before = _mm256_loadu_si256((const __m256i *)(const void *)(bytes - 1));
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(own, before));
}

AVX2 size_t penstock_find_runs_avx2(const uint8_t *bytes, size_t count, penstock_deflate_run *runs) {
    run_search search = { .runs = runs };
    size_t at = 1;
    for (; at + word_bits <= count; at += word_bits) {
        const uint64_t upper = repeats(bytes + at + bytes_at_once);
        search_word(&search, upper << bytes_at_once | repeats(bytes + at), (uint32_t)at);
    }
    uint64_t rest = 0;
    for (size_t i = at; i < count; i++) rest |= (uint64_t)(bytes[i] == bytes[i - 1]) << (i - at);
    search_word(&search, rest, (uint32_t)at);
    return finish_search(&search);
}

#endif
