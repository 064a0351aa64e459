// The part of OpenVINO's C interface that Penstock calls, as a table of functions found at run time.
//
// OpenVINO is not needed to build: its library is opened with dlopen, and every function is looked up by name. The
// types below mirror the published binary interface; nothing here can be linked against by mistake.

#ifndef PENSTOCK_COPENVINO_H
#define PENSTOCK_COPENVINO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct ov_core ov_core;
typedef struct ov_model ov_model;
typedef struct ov_compiled_model ov_compiled_model;
typedef struct ov_infer_request ov_infer_request;
typedef struct ov_tensor ov_tensor;
typedef struct ov_output_const_port ov_port;

/// 0 is success; everything else is a failure that `get_last_err_msg` puts in words.
typedef int32_t ov_status;

typedef struct {
    int64_t min;
    int64_t max;
} ov_dimension;

typedef struct {
    ov_dimension rank;
    ov_dimension *dims;
} ov_partial_shape;

typedef struct {
    int64_t rank;
    int64_t *dims;
} ov_shape;

typedef struct {
    const char *build_number;
    const char *description;
} ov_version;

typedef struct {
    char **devices;
    size_t size;
} ov_available_devices;

typedef struct {
    void (*function)(void *context);
    void *context;
} ov_callback;

// Three layouts that every call by value rests on.
_Static_assert(sizeof(ov_dimension) == 16, "ov_dimension is passed by value");
_Static_assert(sizeof(ov_partial_shape) == 24, "ov_partial_shape is passed by value");
_Static_assert(sizeof(ov_shape) == 16, "ov_shape is passed by value");

/// The functions, in the order of use. A member keeps the name that the library exports, less its `ov_`.
typedef struct {
    ov_status (*get_openvino_version)(ov_version *version);
    void (*version_free)(ov_version *version);
    const char *(*get_error_info)(ov_status status);
    /// Returns a copy that `free` gives back.
    char *(*get_last_err_msg)(void);
    void (*free)(const char *text);

    ov_status (*core_create)(ov_core **core);
    void (*core_free)(ov_core *core);
    ov_status (*core_get_available_devices)(const ov_core *core, ov_available_devices *devices);
    void (*available_devices_free)(ov_available_devices *devices);
    /// Writes a copy that `free` gives back.
    ov_status (*core_get_property)(const ov_core *core, const char *device, const char *key, char **value);
    ov_status (*core_read_model)(const ov_core *core, const char *path, const char *weights, ov_model **model);
    ov_status (*core_read_model_from_memory_buffer)(const ov_core *core, const char *text, size_t length,
                                                    const ov_tensor *weights, ov_model **model);
    ov_status (*core_compile_model)(const ov_core *core, const ov_model *model, const char *device,
                                    size_t argument_count, ov_compiled_model **compiled, ...);

    void (*model_free)(ov_model *model);
    ov_status (*model_inputs_size)(const ov_model *model, size_t *count);
    ov_status (*model_outputs_size)(const ov_model *model, size_t *count);
    ov_status (*model_const_input_by_index)(const ov_model *model, size_t index, ov_port **port);
    ov_status (*model_const_output_by_index)(const ov_model *model, size_t index, ov_port **port);
    ov_status (*model_reshape_single_input)(const ov_model *model, ov_partial_shape shape);

    ov_status (*port_get_any_name)(const ov_port *port, char **name);
    ov_status (*port_get_partial_shape)(const ov_port *port, ov_partial_shape *shape);
    ov_status (*port_get_element_type)(const ov_port *port, int32_t *type);
    void (*output_const_port_free)(ov_port *port);
    ov_status (*partial_shape_create)(int64_t rank, const ov_dimension *dims, ov_partial_shape *shape);
    void (*partial_shape_free)(ov_partial_shape *shape);

    void (*compiled_model_free)(ov_compiled_model *compiled);
    ov_status (*compiled_model_get_property)(const ov_compiled_model *compiled, const char *key, char **value);
    ov_status (*compiled_model_create_infer_request)(const ov_compiled_model *compiled, ov_infer_request **request);

    void (*infer_request_free)(ov_infer_request *request);
    ov_status (*infer_request_set_callback)(ov_infer_request *request, const ov_callback *callback);
    ov_status (*infer_request_set_input_tensor_by_index)(ov_infer_request *request, size_t index,
                                                         const ov_tensor *tensor);
    ov_status (*infer_request_get_output_tensor_by_index)(const ov_infer_request *request, size_t index,
                                                          ov_tensor **tensor);
    ov_status (*infer_request_start_async)(ov_infer_request *request);
    ov_status (*infer_request_wait)(ov_infer_request *request);

    ov_status (*tensor_create_from_host_ptr)(int32_t type, ov_shape shape, void *memory, ov_tensor **tensor);
    ov_status (*tensor_get_byte_size)(const ov_tensor *tensor, size_t *size);
    ov_status (*tensor_data)(const ov_tensor *tensor, void **data);
    void (*tensor_free)(ov_tensor *tensor);
    ov_status (*shape_create)(int64_t rank, const int64_t *dims, ov_shape *shape);
    ov_status (*shape_free)(ov_shape *shape);
} penstock_openvino_functions;

/// Opens the library at `path` and fills the table.
///
/// Returns NULL on success. On failure returns the reason, a string that stays valid until the next call on this
/// thread: the loader's own words, or the name of a function that the library does not have.
const char *penstock_openvino_load(const char *path, penstock_openvino_functions *functions);

/// Compiles a model with up to sixteen properties, and fails with -1 given more. The library's own function is variadic,
/// which Swift cannot call.
ov_status penstock_openvino_compile(const penstock_openvino_functions *functions, const ov_core *core,
                                    const ov_model *model, const char *device, const char *const *keys,
                                    const char *const *values, size_t count, ov_compiled_model **compiled);

/// Whether this processor computes in bf16 and gains nothing by it.
///
/// Intel's vector units do no more products in bf16 than in f32, and the conversions come on top; its matrix units (AMX)
/// and AMD's vector units do twice as many and more.
bool penstock_processor_is_slower_in_bf16(void);

/// The most properties that `penstock_openvino_compile` takes.
enum { penstock_openvino_most_properties = 16 };

#endif
