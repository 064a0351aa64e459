#include "axis_parts.h"
#include "filters.h"

// The products and sums are rounded one by one, as in the builds of Pillow.
#pragma STDC FP_CONTRACT OFF

/// The weights of the positions around `center`, summing to one; gives the first position, and their number.
static int32_t weigh(
    penstock_filter filter, int32_t source, double center, double support, double inverse_scale, int32_t *count,
    double *weights) {
    int32_t lowest = (int32_t)(center - support + 0.5);
    if (lowest < 0) lowest = 0;
    int32_t highest = (int32_t)(center + support + 0.5);
    if (highest > source) highest = source;
    double sum = 0.0;
    for (int32_t i = 0; i < highest - lowest; i++) {
        weights[i] = penstock_filter_value(filter, (i + lowest - center + 0.5) * inverse_scale);
        sum += weights[i];
    }
    for (int32_t i = 0; sum != 0.0 && i < highest - lowest; i++) weights[i] /= sum;
    *count = highest - lowest;
    return lowest;
}

/// A weight in fixed point, half away from zero.
static int32_t quantized(double weight) {
    const double scaled = weight * (1 << PENSTOCK_CONVOLUTION_BITS);
    return weight < 0 ? (int32_t)(-0.5 + scaled) : (int32_t)(0.5 + scaled);
}

/// Quantises weights and leaves out the zeros at both ends, which change no sum; gives how many the front lost.
static int32_t quantize(const double *weights, int32_t count, int32_t *out, int32_t *length) {
    int32_t front = 0;
    while (count > front + 1 && quantized(weights[count - 1]) == 0) count--;
    while (count > front + 1 && quantized(weights[front]) == 0) front++;
    for (int32_t i = front; i < count; i++) out[i - front] = quantized(weights[i]);
    *length = count - front;
    return front;
}

void penstock_axis_fill_convolution(
    const penstock_axis *axis, penstock_filter filter, int32_t *starts, int32_t *lengths, int32_t *weights,
    double *scratch) {
    const double scale = (double)axis->source / axis->resized;
    const double filter_scale = scale < 1.0 ? 1.0 : scale;
    const double support = penstock_filter_support(filter) * filter_scale;
    for (int32_t i = 0; i < axis->count; i++) {
        const double center = (axis->first + i + 0.5) * scale;
        int32_t *row = weights + (size_t)i * (size_t)axis->taps;
        int32_t count;
        const int32_t lowest = weigh(filter, axis->source, center, support, 1.0 / filter_scale, &count, scratch);
        starts[i] = lowest + quantize(scratch, count, row, &lengths[i]);
        for (int32_t tap = lengths[i]; tap < axis->taps; tap++) row[tap] = 0;
    }
}
