#include <dlfcn.h>

#include "CFFmpeg.h"

#define TEXT(x) #x
#define LIBRARY(name, major) name ".so." TEXT(major)

const penstock_av_filters *penstock_av_filters_load(void) {
    static penstock_av_filters table;
    void *library = dlopen(LIBRARY("libavfilter", LIBAVFILTER_VERSION_MAJOR), RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return NULL;
    struct {
        const char *name;
        void **place;
    } functions[] = {
        {"avfilter_graph_alloc", (void **)&table.graph_alloc},
        {"avfilter_graph_free", (void **)&table.graph_free},
        {"avfilter_graph_create_filter", (void **)&table.graph_create_filter},
        {"avfilter_graph_parse2", (void **)&table.graph_parse},
        {"avfilter_graph_config", (void **)&table.graph_config},
        {"avfilter_get_by_name", (void **)&table.get_by_name},
        {"avfilter_inout_free", (void **)&table.inout_free},
        {"avfilter_link", (void **)&table.link},
        {"avfilter_pad_get_type", (void **)&table.pad_get_type},
        {"av_buffersrc_add_frame_flags", (void **)&table.source_add_frame},
        {"av_buffersrc_close", (void **)&table.source_close},
        {"av_buffersink_get_frame", (void **)&table.sink_get_frame},
        {"av_buffersink_get_time_base", (void **)&table.sink_time_base},
        {"av_buffersink_set_frame_size", (void **)&table.sink_set_frame_size},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        *functions[i].place = dlsym(library, functions[i].name);
        if (*functions[i].place == NULL) return NULL;
    }
    return &table;
}
