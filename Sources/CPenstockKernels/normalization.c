#include "include/penstock_normalization.h"

#pragma STDC FP_CONTRACT OFF

/// The sum of two doubles rounded to single precision once.
///
/// Rounding twice, to double and then to single, can go wrong in a tie. Setting the double's last bit whenever
/// something was lost ("round to odd") keeps the tie from arising.
static float sum_rounded_once(double a, double b) {
    union { double value; uint64_t bits; } sum = { .value = a + b };
    const double part = sum.value - a;
    const double lost = (a - (sum.value - part)) + (b - part);
    if (lost != 0 && (sum.bits & 1) == 0) sum.bits += (lost > 0) == (sum.value > 0) ? 1u : UINT64_MAX;
    return (float)sum.value;
}

void penstock_normalization_make(
    penstock_normalization *normalization, const float *multiplier, const float *offset) {
    for (int channel = 0; channel < 3; channel++) {
        normalization->multiplier[channel] = multiplier[channel];
        normalization->offset[channel] = offset[channel];
        for (int sample = 0; sample < 256; sample++) {
            // 8 bits times 24 bits: the product is exact in double precision.
            const double product = (double)sample * (double)multiplier[channel];
            normalization->table[channel][sample] = sum_rounded_once(product, offset[channel]);
        }
    }
}
