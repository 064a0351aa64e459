/// From luma and chroma to 8-bit RGB, in integers: every variant gives the same bits.
///
/// Samples are first brought to units of 1/64 of an 8-bit level (14 bits), whatever their depth. Coefficients have 13
/// bits after the point, and a sum is rounded once, half up: within 0.02 of a level of the exact value before rounding.
#ifndef PENSTOCK_YUV_H
#define PENSTOCK_YUV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The bits after the point of a colour's coefficients, and of the samples that they multiply.
enum { PENSTOCK_YUV_COEFFICIENT_BITS = 13, PENSTOCK_YUV_SAMPLE_BITS = 6 };

/// How luma and chroma become light, and how their samples lie in memory.
typedef struct penstock_yuv {
    /// The coefficients of luma, which are the same for each colour, and those of chroma.
    int16_t luma, red_v, green_u, green_v, blue_u;
    /// What is added to each sum: the zero points and one half.
    int32_t red_bias, green_bias, blue_bias;
    /// How many bits a sample has beyond eight, unused low bits included: 0 to 8.
    int32_t shift;
    /// The bytes of a sample: 1, or 2 in little-endian words.
    int32_t sample_bytes;
    /// The samples from one of a kind of chroma to the next: 2 where both kinds share a plane.
    int32_t chroma_step;
    /// Whether one chroma sample covers two pixels across.
    bool halves_width;
} penstock_yuv;

/// The rows that one row of pixels is made from.
///
/// `near` chroma covers the row of luma, `far` is the next nearest and counts a quarter; both are the same where chroma
/// has as many rows as luma.
typedef struct penstock_yuv_row {
    const uint8_t *luma;
    const uint8_t *near_u;
    const uint8_t *near_v;
    const uint8_t *far_u;
    const uint8_t *far_v;
} penstock_yuv_row;

/// Fills the coefficients and biases from factors that lead from 8-bit levels of samples to 0…255.
///
/// `black` is the level of luma that becomes 0; chroma's middle is 128. Factors are below 4. What says how samples lie
/// is left as it is.
void penstock_yuv_make(
    penstock_yuv *yuv, double black, double luma, double red_v, double green_u, double green_v, double blue_u);

#endif
