// The part of TensorFlow's C interface that Penstock calls, as a table of functions found at run time.
//
// TensorFlow is not needed to build: its library is opened with dlopen, and every function is looked up by name. The
// types below mirror the published binary interface; nothing here can be linked against by mistake.

#ifndef PENSTOCK_CTENSORFLOW_H
#define PENSTOCK_CTENSORFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct tf_status tf_status;
typedef struct tf_graph tf_graph;
typedef struct tf_operation tf_operation;
typedef struct tf_session tf_session;
typedef struct tf_session_options tf_session_options;
typedef struct tf_import_options tf_import_options;
typedef struct tf_tensor tf_tensor;
typedef struct tf_device_list tf_device_list;

/// One of an operation's outputs.
typedef struct {
    tf_operation *operation;
    int index;
} tf_output;

/// Bytes that are the caller's where `deallocate` is NULL.
typedef struct {
    const void *data;
    size_t length;
    void (*deallocate)(void *data, size_t length);
} tf_buffer;

/// What is called when the library no longer needs a tensor's memory.
typedef void (*tf_deallocate)(void *data, size_t length, void *context);

// Two layouts that the calls rest on.
_Static_assert(sizeof(tf_output) == 16, "tf_output is passed by value and in arrays");
_Static_assert(sizeof(tf_buffer) == 24, "tf_buffer is read by the library");

/// The functions, in the order of use. A member keeps the name that the library exports, less its `TF_`.
typedef struct {
    const char *(*Version)(void);

    tf_status *(*NewStatus)(void);
    void (*DeleteStatus)(tf_status *status);
    /// 0 is success; everything else is a failure that `Message` puts in words.
    int (*GetCode)(const tf_status *status);
    const char *(*Message)(const tf_status *status);

    tf_graph *(*NewGraph)(void);
    void (*DeleteGraph)(tf_graph *graph);
    tf_import_options *(*NewImportGraphDefOptions)(void);
    void (*DeleteImportGraphDefOptions)(tf_import_options *options);
    void (*GraphImportGraphDef)(tf_graph *graph, const tf_buffer *definition, const tf_import_options *options,
                                tf_status *status);
    tf_operation *(*GraphOperationByName)(tf_graph *graph, const char *name);
    /// Walks the graph: `position` begins at 0, and NULL ends the walk.
    tf_operation *(*GraphNextOperation)(tf_graph *graph, size_t *position);
    /// The number of dimensions, -1 where it is open.
    int (*GraphGetTensorNumDims)(tf_graph *graph, tf_output output, tf_status *status);
    /// Fills the dimensions, -1 where one is open.
    void (*GraphGetTensorShape)(tf_graph *graph, tf_output output, int64_t *dimensions, int count, tf_status *status);
    const char *(*OperationName)(tf_operation *operation);
    const char *(*OperationOpType)(tf_operation *operation);
    int (*OperationNumOutputs)(tf_operation *operation);
    int32_t (*OperationOutputType)(tf_output output);
    int (*OperationOutputNumConsumers)(tf_output output);

    tf_session_options *(*NewSessionOptions)(void);
    void (*DeleteSessionOptions)(tf_session_options *options);
    /// Takes a serialised `ConfigProto`.
    void (*SetConfig)(tf_session_options *options, const void *config, size_t length, tf_status *status);
    tf_session *(*NewSession)(tf_graph *graph, const tf_session_options *options, tf_status *status);
    tf_session *(*LoadSessionFromSavedModel)(const tf_session_options *options, const tf_buffer *run_options,
                                             const char *folder, const char *const *tags, int tag_count,
                                             tf_graph *graph, tf_buffer *meta_graph, tf_status *status);
    void (*DeleteSession)(tf_session *session, tf_status *status);
    tf_device_list *(*SessionListDevices)(tf_session *session, tf_status *status);
    void (*DeleteDeviceList)(tf_device_list *list);
    int (*DeviceListCount)(const tf_device_list *list);
    const char *(*DeviceListName)(const tf_device_list *list, int index, tf_status *status);

    /// Wraps memory that stays the caller's; memory that is not aligned to 64 bytes is copied.
    tf_tensor *(*NewTensor)(int32_t type, const int64_t *dimensions, int count, void *data, size_t length,
                            tf_deallocate deallocate, void *context);
    void (*DeleteTensor)(tf_tensor *tensor);
    void *(*TensorData)(const tf_tensor *tensor);
    size_t (*TensorByteSize)(const tf_tensor *tensor);

    void (*SessionRun)(tf_session *session, const tf_buffer *run_options, const tf_output *inputs,
                       tf_tensor *const *input_values, int input_count, const tf_output *outputs,
                       tf_tensor **output_values, int output_count, const tf_operation *const *targets,
                       int target_count, tf_buffer *run_metadata, tf_status *status);
} penstock_tensorflow_functions;

/// Opens the library at `path` and fills the table.
///
/// Returns NULL on success. On failure returns the reason, a string that stays valid until the next call on this
/// thread: the loader's own words, or the name of a function that the library does not have.
///
/// Where `is_quiet`, what the library logs while it is opened is kept from standard error, which is put elsewhere for
/// the whole process meanwhile: only for a program that has standard error to itself.
const char *penstock_tensorflow_load(const char *path, bool is_quiet, penstock_tensorflow_functions *functions);

/// Whether the processor has instructions for 16-bit brain floating point.
bool penstock_tensorflow_has_brain_floats(void);

/// Leaves a tensor's memory to whoever made it.
void penstock_tensorflow_keep(void *data, size_t length, void *context);

#endif
