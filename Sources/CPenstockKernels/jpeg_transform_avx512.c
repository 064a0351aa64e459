#if defined(__x86_64__)

#include <immintrin.h>

#include "jpeg_tables.h"
#include "variants_x86.h"

#define JPEG_TARGET __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vbmi,avx512vnni,bmi2")))

typedef __m512i words;

#define PLUS _mm512_add_epi16
#define MINUS _mm512_sub_epi16
#define LOW _mm512_unpacklo_epi16
#define HIGH _mm512_unpackhi_epi16
#define LOW32 _mm512_unpacklo_epi32
#define HIGH32 _mm512_unpackhi_epi32
#define LOW64 _mm512_unpacklo_epi64
#define HIGH64 _mm512_unpackhi_epi64
#define MORE _mm512_dpwssd_epi32
#define PACK _mm512_packs_epi32
#define UP _mm512_slli_epi16
#define DOWN _mm512_srai_epi16
#define DOWN32 _mm512_srai_epi32
#define EACH16 _mm512_set1_epi16
#define EACH32 _mm512_set1_epi32

#include "jpeg_transform_x86.h"

enum { blocks_at_once = 4 };

/// A row of a table, for every block.
JPEG_INLINE words row_of(const uint16_t *table, int row) {
    return _mm512_broadcast_i32x4(_mm_load_si128((const __m128i *)(const void *)(table + 8 * row)));
}

JPEG_INLINE words quantized(words value, const penstock_jpeg_quantizer *quantizer, int row) {
    const words magnitude = _mm512_add_epi16(_mm512_abs_epi16(value), row_of(quantizer->rounding, row));
    const words product = _mm512_mulhi_epu16(magnitude, row_of(quantizer->reciprocal, row));
    const words result = _mm512_srlv_epi16(product, row_of(quantizer->shift, row));
    return _mm512_mask_sub_epi16(result, _mm512_movepi16_mask(value), _mm512_setzero_si512(), result);
}

/// Brings the 128 bits of each block together: four vectors of four blocks become one of each block.
JPEG_INLINE void gather_blocks(const words v[4], words out[4]) {
    const words a = _mm512_shuffle_i64x2(v[0], v[1], 0x44), b = _mm512_shuffle_i64x2(v[0], v[1], 0xEE);
    const words c = _mm512_shuffle_i64x2(v[2], v[3], 0x44), d = _mm512_shuffle_i64x2(v[2], v[3], 0xEE);
    out[0] = _mm512_shuffle_i64x2(a, c, 0x88);
    out[1] = _mm512_shuffle_i64x2(a, c, 0xDD);
    out[2] = _mm512_shuffle_i64x2(b, d, 0x88);
    out[3] = _mm512_shuffle_i64x2(b, d, 0xDD);
}

JPEG_TARGET void penstock_jpeg_transform_avx512(
    const penstock_jpeg_quantizer *quantizer, const uint8_t *rows, ptrdiff_t stride, int32_t blocks, int32_t a_unit,
    int32_t unit_blocks, int16_t *out) {
    const __m512i order = _mm512_loadu_si512(penstock_jpeg_order);
    const __m512i first = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(order));
    const __m512i second = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(order, 1));
    for (int32_t i = 0; i < blocks; i += blocks_at_once) {
        words v[8], upper[4], lower[4];
        for (int y = 0; y < 8; y++) {
            const __m256i samples = _mm256_loadu_si256((const __m256i *)(const void *)(rows + y * stride + 8 * i));
            v[y] = _mm512_sub_epi16(_mm512_cvtepu8_epi16(samples), _mm512_set1_epi16(128));
        }
        transform(v);
        for (int y = 0; y < 8; y++) v[y] = quantized(v[y], quantizer, y);
        gather_blocks(v, upper);
        gather_blocks(v + 4, lower);
        for (int k = 0; k < blocks_at_once && i + k < blocks; k++) {
            int16_t *to = out + jpeg_block_offset(i + k, a_unit, unit_blocks);
            _mm512_storeu_si512(to, _mm512_permutex2var_epi16(upper[k], first, lower[k]));
            _mm512_storeu_si512(to + 32, _mm512_permutex2var_epi16(upper[k], second, lower[k]));
        }
    }
}

#endif
