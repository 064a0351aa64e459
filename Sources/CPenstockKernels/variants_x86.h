/// The kernels written for extensions of x86-64; `penstock_kernels.h` says what each does.
#ifndef PENSTOCK_VARIANTS_X86_H
#define PENSTOCK_VARIANTS_X86_H

#include "include/penstock_kernels.h"

void penstock_convolve_rows_avx512(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out,
    ptrdiff_t out_stride);
void penstock_convolve_columns_avx512(
    const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride, int32_t first, int32_t bytes,
    uint8_t *out);
void penstock_normalize_interleaved_avx512(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out);
void penstock_normalize_planar_avx512(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out,
    size_t plane);
void penstock_store_interleaved_avx512(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out);
void penstock_store_planar_avx512(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out, size_t plane);
void penstock_convert_yuv_avx512(
    const penstock_yuv *yuv, const penstock_yuv_row *row, int32_t pixels, uint8_t *out);
void penstock_color_triples_avx512(const penstock_yuv *yuv, uint8_t *row, int32_t pixels);
void penstock_join_planes_avx512(
    const uint8_t *luma, const uint8_t *u, const uint8_t *v, int32_t pixels, int32_t halves_width, int32_t chroma_step,
    uint8_t *out);
void penstock_narrow_avx512(const uint8_t *row, int32_t samples, int32_t shift, uint8_t *out);
void penstock_jpeg_transform_avx512(
    const penstock_jpeg_quantizer *quantizer, const uint8_t *rows, ptrdiff_t stride, int32_t blocks, int32_t a_unit,
    int32_t unit_blocks, int16_t *out);
void penstock_jpeg_code_avx512(
    penstock_jpeg_unit *unit, const int16_t *blocks, int32_t units, penstock_jpeg_bits *bits);
size_t penstock_jpeg_stuff_avx512(const uint8_t *raw, size_t count, uint8_t *out);
void penstock_jpeg_colors_avx512(
    const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red);

void penstock_convolve_rows_avx2(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out,
    ptrdiff_t out_stride);
void penstock_convolve_columns_avx2(
    const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride, int32_t first, int32_t bytes,
    uint8_t *out);
void penstock_mix_rows_avx2(
    const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint16_t *out,
    ptrdiff_t out_stride);
void penstock_mix_columns_avx2(
    const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first, int32_t samples,
    uint8_t *out);
void penstock_normalize_interleaved_avx2(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out);
void penstock_normalize_planar_avx2(
    const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out,
    size_t plane);
void penstock_store_interleaved_avx2(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out);
void penstock_store_planar_avx2(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out, size_t plane);
void penstock_convert_yuv_avx2(
    const penstock_yuv *yuv, const penstock_yuv_row *row, int32_t pixels, uint8_t *out);
void penstock_color_triples_avx2(const penstock_yuv *yuv, uint8_t *row, int32_t pixels);
void penstock_join_planes_avx2(
    const uint8_t *luma, const uint8_t *u, const uint8_t *v, int32_t pixels, int32_t halves_width, int32_t chroma_step,
    uint8_t *out);
void penstock_narrow_avx2(const uint8_t *row, int32_t samples, int32_t shift, uint8_t *out);
void penstock_jpeg_transform_avx2(
    const penstock_jpeg_quantizer *quantizer, const uint8_t *rows, ptrdiff_t stride, int32_t blocks, int32_t a_unit,
    int32_t unit_blocks, int16_t *out);
void penstock_jpeg_code_avx2(
    penstock_jpeg_unit *unit, const int16_t *blocks, int32_t units, penstock_jpeg_bits *bits);
size_t penstock_jpeg_stuff_avx2(const uint8_t *raw, size_t count, uint8_t *out);
void penstock_jpeg_colors_avx2(
    const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red);
void penstock_jpeg_halve_avx2(const uint8_t *upper, const uint8_t *lower, int32_t count, uint8_t *out);

#endif
