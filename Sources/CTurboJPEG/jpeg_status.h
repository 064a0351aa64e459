// What libjpeg's errors mean to those who call these functions.
#ifndef PENSTOCK_JPEG_STATUS_H
#define PENSTOCK_JPEG_STATUS_H

#include "CTurboJPEG.h"

#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

static inline penstock_jpeg_status penstock_jpeg_status_of(int code) {
    switch (code) {
    case JERR_OUT_OF_MEMORY:
        return PENSTOCK_JPEG_NO_MEMORY;
    case JERR_SOF_UNSUPPORTED:
    case JERR_BAD_PRECISION:
    case JERR_NOT_COMPILED:
    case JERR_ARITH_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
        return PENSTOCK_JPEG_UNSUPPORTED;
    default:
        return PENSTOCK_JPEG_BROKEN;
    }
}

#endif
