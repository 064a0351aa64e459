/// The kernels in every variant that this processor can run.
#ifndef PENSTOCK_KERNELS_H
#define PENSTOCK_KERNELS_H

#include "penstock_axis.h"
#include "penstock_jpeg.h"
#include "penstock_normalization.h"
#include "penstock_yuv.h"

/// The instruction sets that kernels are written for.
typedef enum penstock_variant {
    /// Plain C: the reference, and what every machine runs.
    PENSTOCK_VARIANT_SCALAR = 0,
    /// x86-64 with AVX2, FMA, BMI, BMI2 and POPCNT.
    PENSTOCK_VARIANT_AVX2 = 1,
    /// x86-64 with AVX-512 F, BW, VL, CD, VBMI, VBMI2 and VNNI.
    PENSTOCK_VARIANT_AVX512 = 2,
} penstock_variant;

/// The bytes after a row's last pixel that kernels may overwrite, where a row is said to have slack.
enum { PENSTOCK_ROW_SLACK = 64 };

/// One variant of every kernel. All variants give the same bits.
typedef struct penstock_kernels {
    /// Which variant this is.
    penstock_variant variant;
    /// The layout of weights that `convolve_rows` is fast with.
    penstock_packing packing;

    /// Resamples `count` rows of interleaved 8-bit RGB along a convolution axis, each into `axis->count` pixels.
    ///
    /// Reads nothing outside `3 * axis->source` bytes of each row. Rows of `out` have slack.
    void (*convolve_rows)(
        const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out,
        ptrdiff_t out_stride);

    /// Makes row `index` of a convolution axis from rows of `bytes` samples, the first of which is source row `first`.
    ///
    /// Rows of `rows`, and `out`, have slack.
    void (*convolve_columns)(
        const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride, int32_t first, int32_t bytes,
        uint8_t *out);

    /// Mixes `count` rows of interleaved 8-bit RGB along a linear axis, into 15-bit samples.
    ///
    /// Reads nothing outside `3 * axis->source` bytes of each row. Rows of `out` have slack; `out_stride` is in bytes.
    void (*mix_rows)(
        const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint16_t *out,
        ptrdiff_t out_stride);

    /// Makes row `index` of a linear axis from rows of `samples` 15-bit samples; as `convolve_columns` otherwise.
    void (*mix_columns)(
        const penstock_axis *axis, int32_t index, const uint16_t *rows, ptrdiff_t stride, int32_t first,
        int32_t samples, uint8_t *out);

    /// Writes `pixels` pixels as single-precision values, channels together; red and blue change places if `swap`.
    void (*normalize_interleaved)(
        const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out);

    /// Writes `pixels` pixels as single-precision values, channels in planes that are `plane` values apart.
    void (*normalize_planar)(
        const penstock_normalization *normalization, const uint8_t *row, int32_t pixels, int32_t swap, float *out,
        size_t plane);

    /// Writes `pixels` pixels as they are, channels together; red and blue change places if `swap`.
    void (*store_interleaved)(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out);

    /// Writes `pixels` pixels as they are, channels in planes that are `plane` bytes apart.
    void (*store_planar)(const uint8_t *row, int32_t pixels, int32_t swap, uint8_t *out, size_t plane);

    /// Writes a row of `pixels` pixels of YUV as RGB. Chroma that is halved is interpolated 3:1 in each direction.
    ///
    /// Reads and writes nothing outside the rows.
    void (*convert_yuv)(const penstock_yuv *yuv, const penstock_yuv_row *row, int32_t pixels, uint8_t *out);

    /// Turns `pixels` triples of 8-bit YUV into RGB, in place; how `yuv` says that samples lie does not matter.
    void (*color_triples)(const penstock_yuv *yuv, uint8_t *row, int32_t pixels);

    /// Makes triples of `pixels` pixels from three rows of 8 bits. Chroma that is halved is repeated; its samples are
    /// `chroma_step` bytes apart.
    ///
    /// Rows read have slack, and `out` has three times as much.
    void (*join_planes)(
        const uint8_t *luma, const uint8_t *u, const uint8_t *v, int32_t pixels, int32_t halves_width,
        int32_t chroma_step, uint8_t *out);

    /// Rounds `samples` little-endian words of 8 + `shift` bits to 8 bits; 0 < shift.
    void (*narrow)(const uint8_t *row, int32_t samples, int32_t shift, uint8_t *out);

    /// Transforms a row of blocks of 8×8 samples and divides them, each written in the order of files.
    ///
    /// Of each unit of `unit_blocks` blocks in `out`, the first `a_unit` (1 or 2) are filled. Rows have slack.
    void (*jpeg_transform)(
        const penstock_jpeg_quantizer *quantizer, const uint8_t *rows, ptrdiff_t stride, int32_t blocks,
        int32_t a_unit, int32_t unit_blocks, int16_t *out);

    /// Codes `units` units of blocks.
    void (*jpeg_code)(penstock_jpeg_unit *unit, const int16_t *blocks, int32_t units, penstock_jpeg_bits *bits);

    /// Copies `count` coded bytes with a zero behind each of all ones, and returns how many bytes that is.
    ///
    /// `raw` and `out` have slack.
    size_t (*jpeg_stuff)(const uint8_t *raw, size_t count, uint8_t *out);

    /// Splits `count` pixels of 3 or 4 channels into luma and two rows of chroma, which have slack, by JFIF's factors.
    void (*jpeg_colors)(
        const uint8_t *pixels, int32_t channels, int32_t count, uint8_t *luma, uint8_t *blue, uint8_t *red);

    /// Makes `count` samples of chroma of twice as many in each of two rows, or in one where `lower` is NULL.
    ///
    /// All rows have slack.
    void (*jpeg_halve)(const uint8_t *upper, const uint8_t *lower, int32_t count, uint8_t *out);
} penstock_kernels;

/// The kernels of one variant, or NULL where this processor or this build lacks it.
const penstock_kernels *penstock_kernels_of(penstock_variant variant);

/// The kernels of the fastest variant that this processor runs.
const penstock_kernels *penstock_kernels_fastest(void);

/// Resamples `count` rows along any axis but a linear one: copies, picks, or convolves with `kernels`.
///
/// As `convolve_rows` otherwise.
void penstock_resample_rows(
    const penstock_kernels *kernels, const penstock_axis *axis, const uint8_t *rows, ptrdiff_t stride, int32_t count,
    uint8_t *out, ptrdiff_t out_stride);

/// Makes row `index` of any axis but a linear one; as `convolve_columns` otherwise.
void penstock_resample_columns(
    const penstock_kernels *kernels, const penstock_axis *axis, int32_t index, const uint8_t *rows, ptrdiff_t stride,
    int32_t first, int32_t bytes, uint8_t *out);

#endif
