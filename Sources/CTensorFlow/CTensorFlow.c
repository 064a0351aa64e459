#include "CTensorFlow.h"

#include "QuietOpening.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char reason[512];

/// Looks one function up; `name` is written behind `TF_`, as the library exports it.
static bool find(void *library, const char *name, void *slot) {
    void *function = dlsym(library, name);
    if (function == NULL) {
        snprintf(reason, sizeof reason, "it has no function named %s", name);
        return false;
    }
    *(void **)slot = function;
    return true;
}

#define FIND(name) find(library, "TF_" #name, &functions->name)

const char *penstock_tensorflow_load(const char *path, bool is_quiet, penstock_tensorflow_functions *functions) {
    // Never closed: the library leaves threads and exit handlers behind that run its code to the very end. Local, so
    // that its own copies of common libraries do not get in another engine's way.
    int mode = RTLD_NOW | RTLD_LOCAL;
    void *library = is_quiet ? penstock_open_quietly(path, mode) : dlopen(path, mode);
    if (library == NULL) {
        snprintf(reason, sizeof reason, "%s", dlerror());
        return reason;
    }
    bool complete =
        FIND(Version) && FIND(NewStatus) && FIND(DeleteStatus) && FIND(GetCode) && FIND(Message) && FIND(NewGraph) &&
        FIND(DeleteGraph) && FIND(NewImportGraphDefOptions) && FIND(DeleteImportGraphDefOptions) &&
        FIND(GraphImportGraphDef) && FIND(GraphOperationByName) && FIND(GraphNextOperation) &&
        FIND(GraphGetTensorNumDims) && FIND(GraphGetTensorShape) && FIND(OperationName) && FIND(OperationOpType) &&
        FIND(OperationNumOutputs) && FIND(OperationOutputType) && FIND(OperationOutputNumConsumers) &&
        FIND(NewSessionOptions) && FIND(DeleteSessionOptions) && FIND(SetConfig) && FIND(NewSession) &&
        FIND(LoadSessionFromSavedModel) && FIND(DeleteSession) && FIND(SessionListDevices) && FIND(DeleteDeviceList) &&
        FIND(DeviceListCount) && FIND(DeviceListName) && FIND(NewTensor) && FIND(DeleteTensor) && FIND(TensorData) &&
        FIND(TensorByteSize) && FIND(SessionRun);
    return complete ? NULL : reason;
}

void penstock_tensorflow_keep(void *data, size_t length, void *context) {
    (void)data;
    (void)length;
    (void)context;
}

bool penstock_tensorflow_has_brain_floats(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bf16") || __builtin_cpu_supports("amx-bf16");
#else
    return false;
#endif
}
