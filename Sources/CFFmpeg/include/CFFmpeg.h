// FFmpeg's libraries for Swift, with twins of the macros that Swift cannot import and the callbacks that stay in C.
#ifndef PENSTOCK_CFFMPEG_H
#define PENSTOCK_CFFMPEG_H

#include <stdbool.h>

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavformat/avformat.h>
#include <libavutil/crc.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

// Error codes are macros that negate or pack tags, which Swift does not import.
static const int penstock_av_error_eof = AVERROR_EOF;
static const int penstock_av_error_invalid_data = AVERROR_INVALIDDATA;
static const int penstock_av_error_decoder_not_found = AVERROR_DECODER_NOT_FOUND;
static const int penstock_av_error_exit = AVERROR_EXIT;
static const int penstock_av_error_patch_welcome = AVERROR_PATCHWELCOME;
static const int penstock_av_error_not_found = AVERROR_HTTP_NOT_FOUND;
static const int penstock_av_error_forbidden = AVERROR_HTTP_FORBIDDEN;
static const int penstock_av_error_unauthorized = AVERROR_HTTP_UNAUTHORIZED;
static const int penstock_av_error_bad_request = AVERROR_HTTP_BAD_REQUEST;
static const int penstock_av_error_other_4xx = AVERROR_HTTP_OTHER_4XX;
static const int penstock_av_error_server = AVERROR_HTTP_SERVER_ERROR;
static const int penstock_av_error_protocol = AVERROR_PROTOCOL_NOT_FOUND;

// Moments and units that are macros with casts.
static const int64_t penstock_av_no_time = AV_NOPTS_VALUE;
static const AVRational penstock_av_microseconds = {1, AV_TIME_BASE};

// AVERROR() is a macro with an argument.
static inline int penstock_av_error(int number) { return AVERROR(number); }

// Takes FFmpeg's log away from standard error, for the whole process, once.
//
// From then on each thread keeps its own first message of level error or worse.
void penstock_av_log_capture(void);

// Forgets this thread's message.
void penstock_av_log_clear(void);

// This thread's first error message since it was cleared, without its line end; empty when there was none.
const char *penstock_av_log_message(void);

// The name of the filter that said it; empty where it was none.
const char *penstock_av_log_filter(void);

// Converts a frame by the scaler; the frame's arrays of planes import into Swift as tuples.
static inline int penstock_av_scale(
    struct SwsContext *scaler, const AVFrame *frame, uint8_t *const planes[], const int strides[]) {
    return sws_scale(scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height, planes, strides);
}

// Whether `count` bytes from `start` on lie in one of a frame's buffers; its array of buffers imports as a tuple.
static inline bool penstock_av_holds(const AVFrame *frame, const uint8_t *start, ptrdiff_t count) {
    for (int i = 0; i < AV_NUM_DATA_POINTERS && frame->buf[i]; i++) {
        const uint8_t *first = frame->buf[i]->data;
        const ptrdiff_t size = (ptrdiff_t)frame->buf[i]->size;
        if (start >= first && start - first <= size && count <= size - (start - first)) return true;
    }
    return false;
}

// The demuxer that recognises the `count` bytes, behind which there are AVPROBE_PADDING_SIZE zeros; NULL if none does.
static inline const AVInputFormat *penstock_av_probe(uint8_t *bytes, int count, int *score) {
    AVProbeData data = {.filename = "", .buf = bytes, .buf_size = count};
    return av_probe_input_format3(&data, 1, score);
}

// Bytes in memory, as FFmpeg's demuxers read them.
typedef struct penstock_av_memory {
    const uint8_t *bytes;
    int64_t count;
    int64_t position;
} penstock_av_memory;

// Makes an input that reads and seeks in `memory`, which must outlive it; NULL when memory is short.
AVIOContext *penstock_av_memory_open(penstock_av_memory *memory);

// Frees an input made by penstock_av_memory_open.
void penstock_av_memory_close(AVIOContext *input);

// FFmpeg's filters. The library drags in dozens of others, so it is loaded when first needed and never linked.
typedef struct penstock_av_filters {
    AVFilterGraph *(*graph_alloc)(void);
    void (*graph_free)(AVFilterGraph **graph);
    int (*graph_create_filter)(
        AVFilterContext **filter, const AVFilter *kind, const char *name, const char *arguments, void *opaque,
        AVFilterGraph *graph);
    int (*graph_parse)(
        AVFilterGraph *graph, const char *text, AVFilterInOut **inputs, AVFilterInOut **outputs);
    int (*graph_config)(AVFilterGraph *graph, void *log);
    const AVFilter *(*get_by_name)(const char *name);
    void (*inout_free)(AVFilterInOut **list);
    int (*link)(AVFilterContext *source, unsigned source_pad, AVFilterContext *target, unsigned target_pad);
    enum AVMediaType (*pad_get_type)(const AVFilterPad *pads, int index);
    int (*source_add_frame)(AVFilterContext *source, AVFrame *frame, int flags);
    int (*source_close)(AVFilterContext *source, int64_t end, unsigned flags);
    int (*sink_get_frame)(AVFilterContext *sink, AVFrame *frame);
    AVRational (*sink_time_base)(const AVFilterContext *sink);
    void (*sink_set_frame_size)(AVFilterContext *sink, unsigned count);
} penstock_av_filters;

// The filters, or NULL where libavfilter of the version that this was built for is not installed. Called once.
const penstock_av_filters *penstock_av_filters_load(void);

// Makes cameras known to libavformat; false where libavdevice is not installed.
bool penstock_av_cameras_load(void);

#endif
