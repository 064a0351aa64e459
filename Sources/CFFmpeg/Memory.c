#include <string.h>

#include "CFFmpeg.h"

// What FFmpeg reads at a time; a picture's header fits.
enum { buffer_size = 32768 };

static int read_bytes(void *opaque, uint8_t *destination, int count) {
    penstock_av_memory *memory = opaque;
    int64_t left = memory->count - memory->position;
    if (left <= 0) return AVERROR_EOF;
    int taken = left < count ? (int)left : count;
    memcpy(destination, memory->bytes + memory->position, (size_t)taken);
    memory->position += taken;
    return taken;
}

static int64_t seek(void *opaque, int64_t offset, int whence) {
    penstock_av_memory *memory = opaque;
    int64_t base;
    switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE:
        return memory->count;
    case SEEK_SET:
        base = 0;
        break;
    case SEEK_CUR:
        base = memory->position;
        break;
    case SEEK_END:
        base = memory->count;
        break;
    default:
        return AVERROR(EINVAL);
    }
    if (offset < -base || offset > memory->count - base) return AVERROR(EINVAL);
    memory->position = base + offset;
    return memory->position;
}

AVIOContext *penstock_av_memory_open(penstock_av_memory *memory) {
    uint8_t *buffer = av_malloc(buffer_size);
    if (buffer == NULL) return NULL;
    AVIOContext *input = avio_alloc_context(buffer, buffer_size, 0, memory, read_bytes, NULL, seek);
    if (input == NULL) av_free(buffer);
    return input;
}

void penstock_av_memory_close(AVIOContext *input) {
    if (input == NULL) return;
    // FFmpeg may have replaced the buffer it was given.
    av_freep(&input->buffer);
    avio_context_free(&input);
}
