#include <dlfcn.h>

#include "CFFmpeg.h"

#define TEXT(x) #x
#define LIBRARY(name, major) name ".so." TEXT(major)

bool penstock_av_cameras_load(void) {
    // Since FFmpeg 2.0 libavdevice has carried the same major number as libavcodec. Linked, it would load dozens of
    // libraries for displays and sound into every run.
    void *library = dlopen(LIBRARY("libavdevice", LIBAVCODEC_VERSION_MAJOR), RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) return false;
    void (*register_all)(void) = (void (*)(void))dlsym(library, "avdevice_register_all");
    if (register_all == NULL) return false;
    register_all();
    return true;
}
