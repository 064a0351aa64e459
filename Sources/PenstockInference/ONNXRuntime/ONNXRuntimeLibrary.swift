internal import CONNXRuntime
internal import PenstockCore
internal import Synchronization

/// The library of functions, opened once a process and never closed, with the root object that every model is read in.
@safe final class ONNXRuntimeLibrary {
    /// The functions.
    let functions: penstock_onnxruntime_functions
    /// The version that the library reports.
    let version: String
    /// The file that it was opened from.
    let path: FilePath
    /// The library's root object. It is never released: the library's own threads may use it to the very end.
    let environment: OpaquePointer
    /// What says of a tensor that its memory is this process's own.
    let ownMemory: OpaquePointer

    private init(_ library: EngineLibrary<Table>) throws(PenstockError) {
        functions = library.functions.functions
        version = library.functions.version
        path = library.path
        var environment: OpaquePointer?
        var memory: OpaquePointer?
        // Errors come back as statuses; what the library would print of them beside that is only noise.
        // Both objects are made once a process and kept to its end.
        let started = unsafe functions.create_environment(ort_severity_fatal, "penstock", &environment)
        try unsafe Self.check(started, functions, .engineBroken, "ONNX Runtime could not start")
        let described = unsafe functions.create_memory_info(ort_allocator_arena, ort_memory_default, &memory)
        try unsafe Self.check(described, functions, .engineBroken, "ONNX Runtime could not start")
        unsafe self.environment = unsafe environment!
        unsafe ownMemory = unsafe memory!
        unsafe forget(functions.disable_telemetry(self.environment))
        try shareMemory()
    }

    /// Gives the root object the memory that all models work in, which grows by what is asked for: at most by the requests times the largest batch.
    private func shareMemory() throws(PenstockError) {
        var settings: OpaquePointer?
        // The library copies the settings, which are released on the way out.
        let made = unsafe functions.create_arena_settings(0, ort_growth_as_requested, -1, -1, &settings)
        try unsafe check(made, .engineBroken, "ONNX Runtime could not set its memory up")
        defer { unsafe functions.release_arena_settings(settings) }
        // Refused where another user of the library in this process has been first, whose memory then serves.
        unsafe forget(functions.register_allocator(environment, ownMemory, settings))
    }
}

/// A table of functions that never changes once it is filled, and two objects that the library lets any thread use.
extension ONNXRuntimeLibrary: @unchecked Sendable {}

// MARK: - Opening

extension ONNXRuntimeLibrary {
    /// What opening a file gives.
    struct Table {
        var functions: penstock_onnxruntime_functions
        var version: String
    }

    private static let opened = Mutex<ONNXRuntimeLibrary?>(nil)

    /// The library; opened by the first call.
    ///
    /// - Throws: When it is nowhere to be found, or does not fit.
    static func shared() throws(PenstockError) -> ONNXRuntimeLibrary {
        try opened.withLock { (library) throws(PenstockError) in
            if let library { return library }
            let found = try ONNXRuntimeLibrary(EngineLibrary.open(EngineKind.onnxruntime.search, load))
            library = found
            return found
        }
    }

    /// Opens one file, or says why it cannot serve.
    static func load(_ path: FilePath) -> Result<Table, EngineRefusal> {
        var functions = penstock_onnxruntime_functions()
        var version: UnsafePointer<CChar>?
        // The table is a local that the call fills; a reason stays valid until this thread's next call.
        let reason = unsafe path.withCString { unsafe penstock_onnxruntime_load($0, &functions, &version) }
        if let reason = unsafe reason { return unsafe .failure(EngineRefusal(String(cString: reason))) }
        // The library keeps its version for good.
        return unsafe .success(Table(functions: functions, version: version.map { unsafe String(cString: $0) } ?? ""))
    }
}

// MARK: - Failures

extension ONNXRuntimeLibrary {
    /// Turns a status into an error unless it is a success, with the library's own explanation.
    func check(
        _ status: OpaquePointer?,
        _ code: PenstockError.Code,
        at stage: PenstockError.Stage = .configure,
        _ what: @autoclosure () -> String
    ) throws(PenstockError) {
        try unsafe Self.check(status, functions, code, at: stage, what())
    }

    private static func check(
        _ status: OpaquePointer?,
        _ functions: penstock_onnxruntime_functions,
        _ code: PenstockError.Code,
        at stage: PenstockError.Stage = .configure,
        _ what: @autoclosure () -> String
    ) throws(PenstockError) {
        guard let status = unsafe status else { return }
        // A status is ours to release once its words are copied.
        defer { unsafe functions.release_status(status) }
        let words = unsafe functions.message(status).map { unsafe String(cString: $0) } ?? "it does not say why"
        throw PenstockError(code, at: stage, "\(what()): \(ONNXRuntimeExplanation(words).text).")
    }

    /// Lets go of a status that is of no consequence.
    func forget(_ status: OpaquePointer?) {
        // A status is ours to release.
        if let status = unsafe status { unsafe functions.release_status(status) }
    }
}
