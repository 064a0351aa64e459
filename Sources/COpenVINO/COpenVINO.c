#include "COpenVINO.h"

#include <dlfcn.h>
#include <stdio.h>

static _Thread_local char reason[512];

/// Looks one function up; `name` is written behind `ov_`, as the library exports it.
static bool find(void *library, const char *name, void *slot) {
    void *function = dlsym(library, name);
    if (function == NULL) {
        snprintf(reason, sizeof reason, "it has no function named %s", name);
        return false;
    }
    *(void **)slot = function;
    return true;
}

#define FIND(name) find(library, "ov_" #name, &functions->name)

const char *penstock_openvino_load(const char *path, penstock_openvino_functions *functions) {
    // Never closed: engines leave threads and exit handlers behind that run the library's code to the very end.
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(reason, sizeof reason, "%s", dlerror());
        return reason;
    }
    bool complete =
        FIND(get_openvino_version) && FIND(version_free) && FIND(get_error_info) && FIND(get_last_err_msg) &&
        FIND(free) && FIND(core_create) && FIND(core_free) && FIND(core_get_available_devices) &&
        FIND(available_devices_free) && FIND(core_get_property) && FIND(core_read_model) &&
        FIND(core_read_model_from_memory_buffer) && FIND(core_compile_model) && FIND(model_free) && FIND(model_inputs_size) &&
        FIND(model_outputs_size) && FIND(model_const_input_by_index) && FIND(model_const_output_by_index) &&
        FIND(model_reshape_single_input) && FIND(port_get_any_name) && FIND(port_get_partial_shape) &&
        FIND(port_get_element_type) && FIND(output_const_port_free) && FIND(partial_shape_create) &&
        FIND(partial_shape_free) && FIND(compiled_model_free) && FIND(compiled_model_get_property) &&
        FIND(compiled_model_create_infer_request) && FIND(infer_request_free) && FIND(infer_request_set_callback) &&
        FIND(infer_request_set_input_tensor_by_index) && FIND(infer_request_get_output_tensor_by_index) &&
        FIND(infer_request_start_async) && FIND(infer_request_wait) &&
        FIND(tensor_create_from_host_ptr) && FIND(tensor_get_byte_size) &&
        FIND(tensor_data) && FIND(tensor_free) && FIND(shape_create) && FIND(shape_free);
    return complete ? NULL : reason;
}

ov_status penstock_openvino_compile(const penstock_openvino_functions *functions, const ov_core *core,
                                    const ov_model *model, const char *device, const char *const *keys,
                                    const char *const *values, size_t count, ov_compiled_model **compiled) {
    if (count > penstock_openvino_most_properties) {
        return -1;
    }
    // A variadic call needs its arguments written out. The library reads only the first `2 * count` of them.
    const char *p[2 * penstock_openvino_most_properties] = {0};
    for (size_t i = 0; i < count; i++) {
        p[2 * i] = keys[i];
        p[2 * i + 1] = values[i];
    }
    return functions->core_compile_model(core, model, device, 2 * count, compiled, p[0], p[1], p[2], p[3], p[4], p[5],
                                         p[6], p[7], p[8], p[9], p[10], p[11], p[12], p[13], p[14], p[15], p[16],
                                         p[17], p[18], p[19], p[20], p[21], p[22], p[23], p[24], p[25], p[26], p[27],
                                         p[28], p[29], p[30], p[31]);
}
