internal import CONNXRuntime
internal import PenstockCore

/// The library's hold on one model. Several threads may run it at once.
@safe final class ONNXRuntimeSession {
    /// What a model is loaded for.
    enum Purpose {
        /// To be looked at, as cheaply as can be.
        case description
        /// To be run.
        case inference
    }

    let library: ONNXRuntimeLibrary
    let pointer: OpaquePointer

    /// Loads a model.
    init(_ library: ONNXRuntimeLibrary, _ file: ModelFile, for purpose: Purpose) throws(PenstockError) {
        self.library = library
        let options = try ONNXRuntimeSessionOptions(library, for: purpose)
        var session: OpaquePointer?
        // The path is a C string for the length of the call; the session is ours until deinit.
        let status = unsafe file.path.withCString {
            unsafe library.functions.create_session(library.environment, $0, options.pointer, &session)
        }
        switch purpose {
        case .description:
            let what = "\(file.named) could not be read as \(file.format.rawValue)"
            try unsafe library.check(status, .modelUnreadable, what)
        case .inference:
            try unsafe library.check(status, .compilationFailed, "\(file.named) could not be prepared for the CPU")
        }
        unsafe pointer = unsafe session!
    }

    deinit {
        // Owned since init; whoever runs it holds a reference to self.
        EngineActivity.during(.onnxruntime) { unsafe library.functions.release_session(pointer) }
    }
}

/// The library locks what several threads share.
extension ONNXRuntimeSession: @unchecked Sendable {}

/// How a model is to be loaded.
@safe private final class ONNXRuntimeSessionOptions {
    let library: ONNXRuntimeLibrary
    let pointer: OpaquePointer

    init(_ library: ONNXRuntimeLibrary, for purpose: ONNXRuntimeSession.Purpose) throws(PenstockError) {
        self.library = library
        var options: OpaquePointer?
        // Owned until deinit.
        let made = unsafe library.functions.create_session_options(&options)
        try unsafe library.check(made, .compilationFailed, "A model's options could not be made")
        unsafe pointer = unsafe options!
        try setThreads()
        switch purpose {
        case .description: try setForDescription()
        case .inference: try setForInference()
        }
    }

    deinit {
        unsafe library.functions.release_session_options(pointer)
    }

    /// Each run keeps to the thread that asked for it: as many requests at once as there are cores do more than one
    /// request on all of them, and nothing spins while it waits.
    private func setThreads() throws(PenstockError) {
        // Numbers and settings by the library's own names, on options that are ours.
        try unsafe settle(library.functions.set_threads(pointer, 1))
        try unsafe settle(library.functions.set_execution_mode(pointer, ort_mode_sequential))
        try set("session.intra_op.allow_spinning", "0")
        try set("session.inter_op.allow_spinning", "0")
    }

    private func setForDescription() throws(PenstockError) {
        // As above. What is only looked at is neither rewritten nor laid out for speed.
        try unsafe settle(library.functions.set_optimization_level(pointer, ort_optimization_none))
        try unsafe settle(library.functions.disable_arena(pointer))
        try set("session.disable_prepacking", "1")
    }

    private func setForInference() throws(PenstockError) {
        // As above. A pattern of memory would be kept for every new shape; the shared memory serves them all.
        try unsafe settle(library.functions.set_optimization_level(pointer, ort_optimization_all))
        try unsafe settle(library.functions.disable_memory_pattern(pointer))
        try set("session.use_env_allocators", "1")
    }

    private func set(_ key: String, _ value: String) throws(PenstockError) {
        // The library copies both.
        try unsafe settle(library.functions.add_setting(pointer, key, value))
    }

    private func settle(_ status: OpaquePointer?) throws(PenstockError) {
        try unsafe library.check(status, .compilationFailed, "A model's options could not be set")
    }
}
