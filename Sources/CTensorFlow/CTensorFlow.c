#include "CTensorFlow.h"

#include "QuietOpening.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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

/// Whether the library's log is to be kept from standard error.
static bool is_quiet;

/// Turns the library's log off, as its failures are told by Penstock, unless the user has asked to see some of it. A
/// process that was started by one like this finds the log turned off already.
static void silence(void) {
    const char *level = getenv("TF_CPP_MIN_LOG_LEVEL");
    is_quiet = level == NULL || strcmp(level, "3") == 0;
    setenv("TF_CPP_MIN_LOG_LEVEL", "3", 0);
}

const char *penstock_tensorflow_load(const char *path, penstock_tensorflow_functions *functions) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, silence);
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
