#include "include/penstock_axis.h"

#include "axis_parts.h"
#include "filters.h"

enum { plain_fields = 2 };

/// How many weights an output of a convolution can have, as Pillow counts them.
static int32_t convolution_taps(penstock_filter filter, int32_t source, int32_t resized) {
    const double scale = (double)source / resized;
    const double support = penstock_filter_support(filter) * (scale < 1.0 ? 1.0 : scale);
    const int32_t whole = (int32_t)support;
    return (whole < support ? whole + 1 : whole) * 2 + 1;
}

/// What an axis needs. OpenCV keeps 15 bits between its passes, so its filter mixes even where a length stays.
static penstock_axis_kind kind_of(penstock_filter filter, int32_t source, int32_t resized) {
    if (filter == PENSTOCK_FILTER_OPENCV_BILINEAR) return PENSTOCK_AXIS_LINEAR;
    if (source == resized) return PENSTOCK_AXIS_COPY;
    return filter == PENSTOCK_FILTER_NEAREST ? PENSTOCK_AXIS_NEAREST : PENSTOCK_AXIS_CONVOLVE;
}

static int32_t taps_of(penstock_axis_kind kind, penstock_filter filter, int32_t source, int32_t resized) {
    switch (kind) {
    case PENSTOCK_AXIS_CONVOLVE: return convolution_taps(filter, source, resized);
    case PENSTOCK_AXIS_LINEAR: return 2;
    default: return 0;
    }
}

/// `bytes` rounded up so that what follows is aligned.
static size_t aligned(size_t bytes) {
    return (bytes + PENSTOCK_AXIS_ALIGNMENT - 1) / PENSTOCK_AXIS_ALIGNMENT * PENSTOCK_AXIS_ALIGNMENT;
}

size_t penstock_axis_byte_count(
    penstock_filter filter, int32_t source, int32_t resized, int32_t count, penstock_packing packing) {
    const penstock_axis_kind kind = kind_of(filter, source, resized);
    const int32_t taps = taps_of(kind, filter, source, resized);
    size_t bytes = aligned((size_t)taps * sizeof(double));
    bytes += plain_fields * aligned((size_t)count * sizeof(int32_t));
    bytes += aligned((size_t)count * (size_t)taps * sizeof(int32_t));
    return bytes + (kind == PENSTOCK_AXIS_CONVOLVE ? penstock_packing_byte_count(packing, taps, count) : 0);
}

/// The extent of the source that the window reads.
static void measure(penstock_axis *axis, const int32_t *starts, const int32_t *lengths) {
    axis->lowest = axis->source;
    axis->highest = 0;
    for (int32_t i = 0; i < axis->count; i++) {
        const int32_t end = starts[i] + lengths[i];
        if (starts[i] < axis->lowest) axis->lowest = starts[i];
        if (end > axis->highest) axis->highest = end;
    }
    if (axis->lowest < 0) axis->lowest = 0;
    if (axis->highest > axis->source) axis->highest = axis->source;
}

void penstock_axis_make(
    penstock_axis *axis, penstock_filter filter, int32_t source, int32_t resized, int32_t first, int32_t count,
    penstock_packing packing, void *memory) {
    axis->kind = kind_of(filter, source, resized);
    axis->source = source;
    axis->resized = resized;
    axis->first = first;
    axis->count = count;
    axis->taps = taps_of(axis->kind, filter, source, resized);
    axis->packing = PENSTOCK_PACKING_NONE;
    axis->packed_group = axis->packed_steps = axis->packed_window = 0;
    axis->packed = 0;

    char *free = memory;
    double *scratch = (double *)free;
    free += aligned((size_t)axis->taps * sizeof(double));
    int32_t *starts = (int32_t *)free;
    free += aligned((size_t)count * sizeof(int32_t));
    int32_t *lengths = (int32_t *)free;
    free += aligned((size_t)count * sizeof(int32_t));
    int32_t *weights = (int32_t *)free;
    free += aligned((size_t)count * (size_t)axis->taps * sizeof(int32_t));
    axis->starts = starts;
    axis->lengths = lengths;
    axis->weights = weights;

    switch (axis->kind) {
    case PENSTOCK_AXIS_COPY: penstock_axis_fill_copy(axis, starts, lengths); break;
    case PENSTOCK_AXIS_NEAREST: penstock_axis_fill_nearest(axis, starts, lengths); break;
    case PENSTOCK_AXIS_LINEAR: penstock_axis_fill_linear(axis, starts, lengths, weights); break;
    case PENSTOCK_AXIS_CONVOLVE:
        penstock_axis_fill_convolution(axis, filter, starts, lengths, weights, scratch);
        break;
    }
    measure(axis, starts, lengths);
    if (axis->kind == PENSTOCK_AXIS_CONVOLVE) penstock_pack(axis, packing, free);
}
