/// From 8-bit samples to the values that a model expects: `fma(sample, multiplier, offset)`, a channel at a time.
#ifndef PENSTOCK_NORMALIZATION_H
#define PENSTOCK_NORMALIZATION_H

#include <stdint.h>

/// What each channel of a tensor is multiplied by and what is added, and the 256 values that this can give.
typedef struct penstock_normalization {
    float multiplier[3];
    float offset[3];
    float table[3][256];
} penstock_normalization;

/// Fills a normalisation from finite multipliers and offsets, in the order of the tensor's channels.
///
/// Each table entry is rounded once, exactly as a fused multiply-add in hardware rounds.
void penstock_normalization_make(
    penstock_normalization *normalization, const float *multiplier, const float *offset);

#endif
