// The part of ONNX Runtime's C interface that Penstock calls, as a table of functions found at run time.
//
// ONNX Runtime is not needed to build: its library is opened with dlopen. It exports one function, which leads to a
// table that only ever grows at its end; every function is taken from its place there. The types below mirror the
// published binary interface; nothing here can be linked against by mistake.

#ifndef PENSTOCK_CONNXRUNTIME_H
#define PENSTOCK_CONNXRUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// NULL is success; everything else is a failure that holds its own words, and belongs to whoever called.
typedef struct ort_status ort_status;
typedef struct ort_environment ort_environment;
typedef struct ort_session_options ort_session_options;
typedef struct ort_session ort_session;
typedef struct ort_value ort_value;
typedef struct ort_binding ort_binding;
typedef struct ort_memory_info ort_memory_info;
typedef struct ort_arena_settings ort_arena_settings;
typedef struct ort_allocator ort_allocator;
typedef struct ort_type_info ort_type_info;
typedef struct ort_tensor_info ort_tensor_info;
typedef struct ort_run_options ort_run_options;

/// The functions, in the order of their places in the library's table.
typedef struct {
    const char *(*message)(const ort_status *status);
    ort_status *(*create_environment)(int32_t least_severity, const char *name, ort_environment **environment);
    ort_status *(*disable_telemetry)(const ort_environment *environment);
    ort_status *(*create_session)(const ort_environment *environment, const char *path,
                                  const ort_session_options *options, ort_session **session);
    ort_status *(*create_session_options)(ort_session_options **options);
    ort_status *(*set_execution_mode)(ort_session_options *options, int32_t mode);
    ort_status *(*disable_memory_pattern)(ort_session_options *options);
    ort_status *(*disable_arena)(ort_session_options *options);
    ort_status *(*set_optimization_level)(ort_session_options *options, int32_t level);
    ort_status *(*set_threads)(ort_session_options *options, int32_t count);
    ort_status *(*input_count)(const ort_session *session, size_t *count);
    ort_status *(*output_count)(const ort_session *session, size_t *count);
    ort_status *(*input_type)(const ort_session *session, size_t index, ort_type_info **info);
    ort_status *(*output_type)(const ort_session *session, size_t index, ort_type_info **info);
    ort_status *(*input_name)(const ort_session *session, size_t index, ort_allocator *allocator, char **name);
    ort_status *(*output_name)(const ort_session *session, size_t index, ort_allocator *allocator, char **name);
    /// The tensor's memory stays the caller's.
    ort_status *(*create_tensor)(const ort_memory_info *info, void *memory, size_t length, const int64_t *dimensions,
                                 size_t rank, int32_t type, ort_value **value);
    ort_status *(*tensor_data)(ort_value *value, void **data);
    /// The tensor's part of `info`, which keeps it; NULL where it is no tensor's.
    ort_status *(*as_tensor_info)(const ort_type_info *info, const ort_tensor_info **tensor);
    ort_status *(*element_type)(const ort_tensor_info *info, int32_t *type);
    ort_status *(*rank)(const ort_tensor_info *info, size_t *rank);
    ort_status *(*dimensions)(const ort_tensor_info *info, int64_t *dimensions, size_t count);
    ort_status *(*value_info)(const ort_value *value, ort_tensor_info **info);
    ort_status *(*create_memory_info)(int32_t allocator, int32_t kind, ort_memory_info **info);
    ort_status *(*free)(ort_allocator *allocator, void *memory);
    /// The library keeps what it hands out.
    ort_status *(*default_allocator)(ort_allocator **allocator);
    void (*release_status)(ort_status *status);
    void (*release_memory_info)(ort_memory_info *info);
    void (*release_session)(ort_session *session);
    void (*release_value)(ort_value *value);
    void (*release_type_info)(ort_type_info *info);
    void (*release_tensor_info)(ort_tensor_info *info);
    void (*release_session_options)(ort_session_options *options);
    ort_status *(*providers)(char ***names, int32_t *count);
    ort_status *(*release_providers)(char **names, int32_t count);
    ort_status *(*add_setting)(ort_session_options *options, const char *key, const char *value);
    ort_status *(*run_binding)(ort_session *session, const ort_run_options *options, const ort_binding *binding);
    ort_status *(*create_binding)(ort_session *session, ort_binding **binding);
    void (*release_binding)(ort_binding *binding);
    ort_status *(*bind_input)(ort_binding *binding, const char *name, const ort_value *value);
    ort_status *(*bind_output)(ort_binding *binding, const char *name, const ort_value *value);
    ort_status *(*register_allocator)(ort_environment *environment, const ort_memory_info *info,
                                      const ort_arena_settings *settings);
    ort_status *(*create_arena_settings)(size_t most, int32_t growth, int32_t first, int32_t most_unused,
                                         ort_arena_settings **settings);
    void (*release_arena_settings)(ort_arena_settings *settings);
} penstock_onnxruntime_functions;

/// The values that the functions take, by the interface's own numbers.
static const int32_t ort_severity_fatal = 4;
static const int32_t ort_mode_sequential = 0;
static const int32_t ort_optimization_none = 0;
static const int32_t ort_optimization_all = 99;
static const int32_t ort_allocator_plain = 0;
static const int32_t ort_allocator_arena = 1;
static const int32_t ort_memory_default = 0;
static const int32_t ort_growth_as_requested = 1;
static const int32_t ort_type_float32 = 1;

/// The version of the table that is asked for, which release 1.6 was the first to have.
enum { penstock_onnxruntime_table_version = 6 };

/// Whether a release, by its version such as `1.6.0`, has the table that is asked for.
bool penstock_onnxruntime_fits(const char *version);

/// Opens the library at `path` and fills the table.
///
/// Returns NULL on success, and the library's version in `version`, which the library keeps. On failure returns the
/// reason, a string that stays valid until the next call on this thread: the loader's own words, or what the library
/// lacks.
const char *penstock_onnxruntime_load(const char *path, penstock_onnxruntime_functions *functions,
                                      const char **version);

#endif
