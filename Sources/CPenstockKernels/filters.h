/// Pillow's convolution filters as functions of the distance to the centre, in units of the coarser grid.
#ifndef PENSTOCK_FILTERS_H
#define PENSTOCK_FILTERS_H

#include "include/penstock_axis.h"

/// Half the width over which a filter is not zero.
double penstock_filter_support(penstock_filter filter);

/// The value of a filter at a distance.
double penstock_filter_value(penstock_filter filter, double x);

#endif
