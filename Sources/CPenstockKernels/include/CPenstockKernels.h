/// The kernels of Penstock: resampling, normalisation, conversions of rows of 8-bit RGB, and baseline JPEG.
///
/// C11 without allocation, operating system or mathematical library: the same source is built for the host, where the
/// fastest variant is picked at run time, and for wasm32. Every variant gives the same bits as the scalar one.
/// `Documentation/Pixels.md` states the sampling grids and the roundings.
#ifndef CPENSTOCKKERNELS_H
#define CPENSTOCKKERNELS_H

#include "penstock_affine.h"
#include "penstock_axis.h"
#include "penstock_bgr.h"
#include "penstock_blur.h"
#include "penstock_color.h"
#include "penstock_deflate.h"
#include "penstock_jpeg.h"
#include "penstock_kernels.h"
#include "penstock_normalization.h"
#include "penstock_order.h"
#include "penstock_pixels.h"
#include "penstock_planes.h"
#include "penstock_png.h"
#include "penstock_thumbnail.h"
#include "penstock_yuv.h"

#endif
