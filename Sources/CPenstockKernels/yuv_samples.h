/// Brings rows of samples of any depth to the units that colours are computed in, chroma at every pixel.
///
/// Plain loops over constant steps: each variant compiles them for its own instructions.
#ifndef PENSTOCK_YUV_SAMPLES_H
#define PENSTOCK_YUV_SAMPLES_H

#include "include/penstock_yuv.h"

#define YUV_INLINE __attribute__((always_inline)) static inline

/// The pixels that are made at a time: their samples stay in the first-level cache.
enum { yuv_chunk = 128, yuv_half_chunk = yuv_chunk / 2, yuv_most = (1 << 14) - 1 };

/// The samples of a chunk, at every pixel, in units of 1/64 of a level.
typedef struct yuv_samples {
    _Alignas(64) int16_t luma[yuv_chunk];
    _Alignas(64) int16_t u[yuv_chunk];
    _Alignas(64) int16_t v[yuv_chunk];
} yuv_samples;

/// A sample of 8 + `shift` bits in those units; `step` and `bytes` are constants wherever this is inlined.
YUV_INLINE uint16_t yuv_sample(const uint8_t *row, size_t index, size_t bytes, int32_t shift) {
    if (bytes == 1) return (uint16_t)(row[index] << PENSTOCK_YUV_SAMPLE_BITS);
    uint16_t word;
    __builtin_memcpy(&word, row + 2 * index, sizeof word);
    if (shift <= PENSTOCK_YUV_SAMPLE_BITS) {
        const uint16_t sample = (uint16_t)(word << (PENSTOCK_YUV_SAMPLE_BITS - shift));
        return sample < yuv_most ? sample : yuv_most;
    }
    const uint16_t rounded = (uint16_t)(((word >> (shift - PENSTOCK_YUV_SAMPLE_BITS - 1)) + 1) >> 1);
    return rounded < yuv_most ? rounded : yuv_most;
}

YUV_INLINE void yuv_load(
    const uint8_t *row, size_t first, size_t count, size_t step, size_t bytes, int32_t shift, int16_t *restrict out) {
    for (size_t i = 0; i < count; i++) out[i] = (int16_t)yuv_sample(row, (first + i) * step, bytes, shift);
}

/// Three quarters of the nearest sample and one of another; the sum fits in 16 bits, and wider lanes would be slower.
YUV_INLINE uint16_t yuv_mix(uint16_t nearest, uint16_t other) {
    return (uint16_t)((uint16_t)(3 * nearest + other + 2) >> 2);
}

/// Mixes two rows 3:1.
YUV_INLINE void yuv_blend(
    const uint8_t *near, const uint8_t *far, size_t first, size_t count, size_t step, size_t bytes, int32_t shift,
    int16_t *restrict out) {
    for (size_t i = 0; i < count; i++) {
        const size_t index = (first + i) * step;
        out[i] = (int16_t)yuv_mix(yuv_sample(near, index, bytes, shift), yuv_sample(far, index, bytes, shift));
    }
}

/// Spreads samples that lie midway between the pixels they cover; `samples[-1]` and `samples[count]` are readable.
YUV_INLINE void yuv_spread(const int16_t *restrict samples, size_t count, int16_t *restrict out) {
    const int16_t *before = samples - 1;
    for (size_t i = 0; i < count; i++) {
        const uint16_t nearest = (uint16_t)samples[i];
        const uint16_t left = yuv_mix(nearest, (uint16_t)before[i]);
        const uint16_t right = yuv_mix(nearest, (uint16_t)samples[i + 1]);
        // Both at once, lowest byte first as on every machine this is built for: the loop would stay scalar otherwise.
        const uint32_t both = left | (uint32_t)right << 16;
        __builtin_memcpy(out + 2 * i, &both, sizeof both);
    }
}

/// One kind of chroma at the pixels `first ..< first + count` of `width`.
YUV_INLINE void yuv_chroma(
    const uint8_t *near, const uint8_t *far, size_t first, size_t count, size_t width, size_t step, size_t bytes,
    const penstock_yuv *yuv, int16_t *out) {
    if (!yuv->halves_width) {
        yuv_blend(near, far, first, count, step, bytes, yuv->shift, out);
        return;
    }
    int16_t row[yuv_half_chunk + 2];
    const size_t own = first / 2, covered = (count + 1) / 2, last = (width - 1) / 2;
    const size_t start = own > 0 ? own - 1 : 0, end = own + covered <= last ? own + covered : last;
    // The border is its own neighbour.
    yuv_blend(near, far, start, end - start + 1, step, bytes, yuv->shift, row + (own > 0 ? 0 : 1));
    if (own == 0) row[0] = row[1];
    if (end == last && own + covered > last) row[covered + 1] = row[covered];
    yuv_spread(row + 1, covered, out);
}

YUV_INLINE void yuv_gather_steps(
    const penstock_yuv *yuv, const penstock_yuv_row *row, size_t first, size_t count, size_t width, size_t step,
    size_t bytes, yuv_samples *out) {
    yuv_load(row->luma, first, count, 1, bytes, yuv->shift, out->luma);
    yuv_chroma(row->near_u, row->far_u, first, count, width, step, bytes, yuv, out->u);
    yuv_chroma(row->near_v, row->far_v, first, count, width, step, bytes, yuv, out->v);
}

/// The samples of the pixels `first ..< first + count`, at most a chunk, of a row of `width`.
YUV_INLINE void yuv_gather(
    const penstock_yuv *yuv, const penstock_yuv_row *row, size_t first, size_t count, size_t width,
    yuv_samples *out) {
    const int is_shared = yuv->chroma_step == 2;
    if (yuv->sample_bytes == 1 && !is_shared) yuv_gather_steps(yuv, row, first, count, width, 1, 1, out);
    else if (yuv->sample_bytes == 1) yuv_gather_steps(yuv, row, first, count, width, 2, 1, out);
    else if (!is_shared) yuv_gather_steps(yuv, row, first, count, width, 1, 2, out);
    else yuv_gather_steps(yuv, row, first, count, width, 2, 2, out);
}

/// Rounds `count` words of 8 + `shift` bits to bytes; 0 < shift.
YUV_INLINE void yuv_narrow(const uint8_t *row, size_t count, int32_t shift, uint8_t *restrict out) {
    for (size_t i = 0; i < count; i++) {
        uint16_t word;
        __builtin_memcpy(&word, row + 2 * i, sizeof word);
        const uint16_t rounded = (uint16_t)(((word >> (shift - 1)) + 1) >> 1);
        out[i] = (uint8_t)(rounded < 255 ? rounded : 255);
    }
}

#endif
