/// Sine and cosine without a mathematical library, for 0 to a few turns.
#ifndef PENSTOCK_SINE_H
#define PENSTOCK_SINE_H

/// The sine of `x`, 0 <= x <= 100, within about an ulp where it is not near zero.
double penstock_sine(double x);

/// The cosine of `x`, as precise.
double penstock_cosine(double x);

#endif
