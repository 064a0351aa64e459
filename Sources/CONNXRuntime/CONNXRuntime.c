#define _GNU_SOURCE
#include "CONNXRuntime.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// What the library's only function returns.
typedef struct {
    const void *const *(*table)(uint32_t version);
    const char *(*version)(void);
} entry;

/// The functions' places in the library's table. The table only grows at its end, so a place never changes; the last
/// one here came with table version 6 (release 1.6), whose table ends with it.
enum place {
    place_message = 2,
    place_create_environment = 3,
    place_disable_telemetry = 6,
    place_create_session = 7,
    place_create_session_options = 10,
    place_set_execution_mode = 13,
    place_disable_memory_pattern = 17,
    place_disable_arena = 19,
    place_set_optimization_level = 23,
    place_set_threads = 24,
    place_input_count = 30,
    place_output_count = 31,
    place_input_type = 33,
    place_output_type = 34,
    place_input_name = 36,
    place_output_name = 37,
    place_create_tensor = 49,
    place_tensor_data = 51,
    place_as_tensor_info = 55,
    place_element_type = 60,
    place_rank = 61,
    place_dimensions = 62,
    place_value_info = 65,
    place_create_memory_info = 69,
    place_free = 76,
    place_default_allocator = 78,
    place_release_status = 93,
    place_release_memory_info = 94,
    place_release_session = 95,
    place_release_value = 96,
    place_release_type_info = 98,
    place_release_tensor_info = 99,
    place_release_session_options = 100,
    place_providers = 125,
    place_release_providers = 126,
    place_add_setting = 130,
    place_run_binding = 133,
    place_create_binding = 134,
    place_release_binding = 135,
    place_bind_input = 136,
    place_bind_output = 137,
    place_register_allocator = 144,
    place_create_arena_settings = 156,
    place_release_arena_settings = 157,
};

static _Thread_local char reason[512];

/// Takes one function from its place, unless what lies there is no code of the library itself.
static bool take(const void *const *table, int place, const void *library, void *slot) {
    Dl_info home;
    if (table[place] == NULL || dladdr(table[place], &home) == 0 || home.dli_fbase != library) {
        snprintf(reason, sizeof reason, "its table of functions has none at place %d", place);
        return false;
    }
    memcpy(slot, &table[place], sizeof table[place]);
    return true;
}

#define TAKE(name) take(table, place_##name, library, &functions->name)

static bool fill(const void *const *table, const void *library, penstock_onnxruntime_functions *functions) {
    return TAKE(message) && TAKE(create_environment) && TAKE(disable_telemetry) && TAKE(create_session) &&
           TAKE(create_session_options) && TAKE(set_execution_mode) && TAKE(disable_memory_pattern) &&
           TAKE(disable_arena) && TAKE(set_optimization_level) && TAKE(set_threads) && TAKE(input_count) &&
           TAKE(output_count) && TAKE(input_type) && TAKE(output_type) && TAKE(input_name) && TAKE(output_name) &&
           TAKE(create_tensor) && TAKE(tensor_data) && TAKE(as_tensor_info) && TAKE(element_type) && TAKE(rank) &&
           TAKE(dimensions) && TAKE(value_info) && TAKE(create_memory_info) && TAKE(free) &&
           TAKE(default_allocator) && TAKE(release_status) && TAKE(release_memory_info) && TAKE(release_session) &&
           TAKE(release_value) && TAKE(release_type_info) && TAKE(release_tensor_info) &&
           TAKE(release_session_options) && TAKE(providers) && TAKE(release_providers) && TAKE(add_setting) &&
           TAKE(run_binding) && TAKE(create_binding) && TAKE(release_binding) && TAKE(bind_input) &&
           TAKE(bind_output) && TAKE(register_allocator) && TAKE(create_arena_settings) &&
           TAKE(release_arena_settings);
}

/// Makes a small tensor and reads it back, so that a table of another order shows before anything rests on it.
static bool answers(const penstock_onnxruntime_functions *functions) {
    float memory[6] = {0};
    int64_t dimensions[2] = {2, 3}, found[2] = {0};
    size_t rank = 0;
    int32_t type = 0;
    void *data = NULL;
    ort_memory_info *place = NULL;
    ort_value *tensor = NULL;
    ort_tensor_info *info = NULL;
    bool same = functions->create_memory_info(ort_allocator_plain, ort_memory_default, &place) == NULL &&
                functions->create_tensor(place, memory, sizeof memory, dimensions, 2, ort_type_float32, &tensor) ==
                    NULL &&
                functions->tensor_data(tensor, &data) == NULL && data == memory &&
                functions->value_info(tensor, &info) == NULL && functions->element_type(info, &type) == NULL &&
                type == ort_type_float32 && functions->rank(info, &rank) == NULL && rank == 2 &&
                functions->dimensions(info, found, 2) == NULL && memcmp(found, dimensions, sizeof found) == 0;
    if (info != NULL) {
        functions->release_tensor_info(info);
    }
    if (tensor != NULL) {
        functions->release_value(tensor);
    }
    if (place != NULL) {
        functions->release_memory_info(place);
    }
    return same;
}

bool penstock_onnxruntime_fits(const char *version) {
    char *end = NULL;
    long major = strtol(version, &end, 10);
    long minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
    return major > 1 || (major == 1 && minor >= penstock_onnxruntime_table_version);
}

const char *penstock_onnxruntime_load(const char *path, penstock_onnxruntime_functions *functions,
                                      const char **version) {
    // Never closed: engines leave threads and exit handlers behind that run the library's code to the very end.
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(reason, sizeof reason, "%s", dlerror());
        return reason;
    }
    const entry *(*find)(void) = NULL;
    *(void **)&find = dlsym(library, "OrtGetApiBase");
    const entry *base = find == NULL ? NULL : find();
    Dl_info home;
    if (base == NULL || dladdr(*(void **)&find, &home) == 0) {
        return "it has no function named OrtGetApiBase";
    }
    *version = base->version();
    // Asked first, since an old library complains on standard error of a table that it does not have.
    if (!penstock_onnxruntime_fits(*version)) {
        snprintf(reason, sizeof reason, "it is ONNX Runtime %s, and 1.%d or a later one is needed", *version,
                 penstock_onnxruntime_table_version);
        return reason;
    }
    const void *const *table = base->table(penstock_onnxruntime_table_version);
    if (table == NULL) {
        snprintf(reason, sizeof reason, "it is ONNX Runtime %s and has no functions of version %d", *version,
                 penstock_onnxruntime_table_version);
        return reason;
    }
    if (!fill(table, home.dli_fbase, functions)) {
        return reason;
    }
    return answers(functions) ? NULL : "it does not give a tensor back as it was made";
}
