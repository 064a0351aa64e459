#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "CFFmpeg.h"

static _Thread_local char message[256];
static _Thread_local char filter[64];

// Said at the level of errors about files that are sound: a TIFF may hold any number of private tags.
static bool is_harmless(const char *format) { return strncmp(format, "Unknown or unsupported tag", 26) == 0; }

// Whatever writes to the log points at its class first.
static const char *filter_name(void *source) {
    const AVClass *kind = source != NULL ? *(const AVClass **)source : NULL;
    return kind != NULL && kind->category == AV_CLASS_CATEGORY_FILTER ? kind->item_name(source) : "";
}

static void keep_first_error(void *source, int level, const char *format, va_list arguments) {
    if (level > AV_LOG_ERROR || message[0] != 0 || is_harmless(format)) return;
    vsnprintf(message, sizeof message, format, arguments);
    message[strcspn(message, "\r\n")] = 0;
    snprintf(filter, sizeof filter, "%s", filter_name(source));
}

void penstock_av_log_capture(void) { av_log_set_callback(keep_first_error); }

void penstock_av_log_clear(void) { message[0] = filter[0] = 0; }

const char *penstock_av_log_message(void) { return message; }

const char *penstock_av_log_filter(void) { return filter; }
