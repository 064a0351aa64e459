/// One dimension of a resampling: which source positions an output position reads, and with what weights.
#ifndef PENSTOCK_AXIS_H
#define PENSTOCK_AXIS_H

#include <stddef.h>
#include <stdint.h>

/// The filters: Pillow's six, and the bilinear of OpenCV and `tf.image`, which does not antialias.
typedef enum penstock_filter {
    PENSTOCK_FILTER_NEAREST = 0,
    PENSTOCK_FILTER_BOX = 1,
    PENSTOCK_FILTER_BILINEAR = 2,
    PENSTOCK_FILTER_HAMMING = 3,
    PENSTOCK_FILTER_BICUBIC = 4,
    PENSTOCK_FILTER_LANCZOS = 5,
    PENSTOCK_FILTER_OPENCV_BILINEAR = 6,
} penstock_filter;

/// What has to be done along an axis.
typedef enum penstock_axis_kind {
    /// Nothing: the length does not change.
    PENSTOCK_AXIS_COPY = 0,
    /// Copy the position that `starts` names.
    PENSTOCK_AXIS_NEAREST = 1,
    /// Sum `lengths` weighted positions from `starts` on, in 22-bit fixed point.
    PENSTOCK_AXIS_CONVOLVE = 2,
    /// Mix position `starts` and its neighbour, in 11-bit fixed point.
    PENSTOCK_AXIS_LINEAR = 3,
} penstock_axis_kind;

/// How the weights are laid out for a fast variant, beside the plain layout that is always there.
typedef enum penstock_packing {
    PENSTOCK_PACKING_NONE = 0,
    PENSTOCK_PACKING_AVX2 = 1,
    PENSTOCK_PACKING_AVX512 = 2,
} penstock_packing;

/// The bits after the point of a convolution's weights.
enum { PENSTOCK_CONVOLUTION_BITS = 22 };
/// The bits after the point of a linear mix's weights.
enum { PENSTOCK_LINEAR_BITS = 11 };
/// The alignment of the memory that an axis is given, in bytes.
enum { PENSTOCK_AXIS_ALIGNMENT = 64 };

/// A window of `count` outputs, the first of which is position `first` of a source of `source` resized to `resized`.
///
/// The pointers are into the memory that `penstock_axis_make` was given.
typedef struct penstock_axis {
    penstock_axis_kind kind;
    int32_t source;
    int32_t resized;
    int32_t first;
    int32_t count;
    /// The source positions that the window reads are `lowest ..< highest`.
    int32_t lowest;
    int32_t highest;
    /// How many weights each output has room for.
    int32_t taps;
    /// The first source position of each output. For a linear mix it may be −1, or the last: its neighbours are
    /// clamped to the source.
    const int32_t *starts;
    /// How many source positions each output of a convolution reads.
    const int32_t *lengths;
    /// The weights, `taps` for each output, zero after its length; two for each output of a linear mix.
    const int32_t *weights;
    /// How `packed` is laid out; `PENSTOCK_PACKING_NONE` where the plain layout serves.
    penstock_packing packing;
    /// Whatever the layout needs to know: see the file that fills it.
    int32_t packed_group;
    int32_t packed_steps;
    int32_t packed_window;
    const void *packed;
} penstock_axis;

/// The bytes that `penstock_axis_make` needs for these arguments.
size_t penstock_axis_byte_count(
    penstock_filter filter, int32_t source, int32_t resized, int32_t count, penstock_packing packing);

/// Plans a window of one axis.
///
/// `packing` is asked for horizontal passes only; it is left out where the source is too short for it. `memory` holds
/// at least `penstock_axis_byte_count` bytes, aligned to `PENSTOCK_AXIS_ALIGNMENT`, and outlives `axis`.
/// 0 < source, 0 < count, 0 <= first and first + count <= resized must hold.
void penstock_axis_make(
    penstock_axis *axis, penstock_filter filter, int32_t source, int32_t resized, int32_t first, int32_t count,
    penstock_packing packing, void *memory);

#endif
