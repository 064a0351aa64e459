#ifndef PENSTOCK_CFFMPEG_SHIM_H
#define PENSTOCK_CFFMPEG_SHIM_H

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>

#endif
