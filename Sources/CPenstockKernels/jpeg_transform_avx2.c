#if defined(__x86_64__)

#include <immintrin.h>

#include "jpeg_tables.h"
#include "variants_x86.h"

#define JPEG_TARGET __attribute__((target("avx2,fma")))

typedef __m256i words;

#define PLUS _mm256_add_epi16
#define MINUS _mm256_sub_epi16
#define LOW _mm256_unpacklo_epi16
#define HIGH _mm256_unpackhi_epi16
#define LOW32 _mm256_unpacklo_epi32
#define HIGH32 _mm256_unpackhi_epi32
#define LOW64 _mm256_unpacklo_epi64
#define HIGH64 _mm256_unpackhi_epi64
#define MORE(sum, a, b) _mm256_add_epi32(sum, _mm256_madd_epi16(a, b))
#define PACK _mm256_packs_epi32
#define UP _mm256_slli_epi16
#define DOWN _mm256_srai_epi16
#define DOWN32 _mm256_srai_epi32
#define EACH16 _mm256_set1_epi16
#define EACH32 _mm256_set1_epi32

#include "jpeg_transform_x86.h"

enum { blocks_at_once = 2 };

/// A row of a table, for both blocks.
JPEG_INLINE words row_of(const uint16_t *table, int row) {
    return _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)(const void *)(table + 8 * row)));
}

JPEG_INLINE words quantized(words value, const penstock_jpeg_quantizer *quantizer, int row) {
    const words magnitude = _mm256_add_epi16(_mm256_abs_epi16(value), row_of(quantizer->rounding, row));
    const words product = _mm256_mulhi_epu16(magnitude, row_of(quantizer->reciprocal, row));
    return _mm256_sign_epi16(_mm256_mulhi_epu16(product, row_of(quantizer->scale, row)), value);
}

/// Writes a block in the order of files.
JPEG_INLINE void store(const int16_t *block, int16_t *out) {
    for (int i = 0; i < PENSTOCK_JPEG_BLOCK; i++) out[i] = block[penstock_jpeg_order[i]];
}

JPEG_TARGET void penstock_jpeg_transform_avx2(
    const penstock_jpeg_quantizer *quantizer, const uint8_t *rows, ptrdiff_t stride, int32_t blocks, int32_t a_unit,
    int32_t unit_blocks, int16_t *out) {
    for (int32_t i = 0; i < blocks; i += blocks_at_once) {
        words v[8];
        _Alignas(32) int16_t made[blocks_at_once][PENSTOCK_JPEG_BLOCK];
        for (int y = 0; y < 8; y++) {
            const __m128i samples = _mm_loadu_si128((const __m128i *)(const void *)(rows + y * stride + 8 * i));
            v[y] = _mm256_sub_epi16(_mm256_cvtepu8_epi16(samples), _mm256_set1_epi16(128));
        }
        transform(v);
        for (int y = 0; y < 8; y++) {
            const words row = quantized(v[y], quantizer, y);
            _mm_store_si128((__m128i *)(void *)(made[0] + 8 * y), _mm256_castsi256_si128(row));
            _mm_store_si128((__m128i *)(void *)(made[1] + 8 * y), _mm256_extracti128_si256(row, 1));
        }
        for (int k = 0; k < blocks_at_once && i + k < blocks; k++) {
            store(made[k], out + jpeg_block_offset(i + k, a_unit, unit_blocks));
        }
    }
}

#endif
