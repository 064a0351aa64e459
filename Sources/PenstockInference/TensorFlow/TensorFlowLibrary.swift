internal import CTensorFlow
internal import PenstockCore
internal import Synchronization

/// The library of functions, opened once a process and never closed.
final class TensorFlowLibrary {
    /// The functions.
    let functions: penstock_tensorflow_functions
    /// The file that they came from.
    let path: FilePath

    private init(_ library: EngineLibrary<penstock_tensorflow_functions>) {
        functions = library.functions
        path = library.path
    }

    private static let opened = Mutex<TensorFlowLibrary?>(nil)

    /// The library; opened by the first call.
    ///
    /// - Throws: When it is nowhere to be found, or does not fit.
    static func shared() throws(PenstockError) -> TensorFlowLibrary {
        try opened.withLock { (library) throws(PenstockError) in
            if let library { return library }
            let found = TensorFlowLibrary(try EngineLibrary.open(EngineKind.tensorflow.search, load))
            library = found
            return found
        }
    }

    private static func load(_ path: FilePath) -> Result<penstock_tensorflow_functions, EngineRefusal> {
        var functions = penstock_tensorflow_functions()
        // The table is a local that the call fills; a reason stays valid until this thread's next call.
        let reason = unsafe path.withCString { unsafe penstock_tensorflow_load($0, EngineNoise.isHidden, &functions) }
        guard let reason = unsafe reason else { return .success(functions) }
        return unsafe .failure(EngineRefusal(String(cString: reason)))
    }
}

/// A table of functions that never changes once it is filled.
extension TensorFlowLibrary: @unchecked Sendable {}

extension TensorFlowLibrary {
    /// The version that the library reports.
    var version: String {
        // The library keeps this text for good.
        unsafe functions.Version().map { unsafe String(cString: $0) } ?? "unknown"
    }

    /// Calls the library with a status to report to, and turns a failure into an error with the library's own
    /// explanation.
    func call<Result>(
        _ code: PenstockError.Code,
        at stage: PenstockError.Stage,
        _ what: @autoclosure () -> String,
        _ body: (OpaquePointer) -> Result
    ) throws(PenstockError) -> Result {
        let status = functions.NewStatus()!
        // The status is ours from the line above to the end of this call.
        defer { unsafe functions.DeleteStatus(status) }
        let result = unsafe body(status)
        unsafe try check(status, code, at: stage, what())
        return result
    }

    /// Turns a status into an error unless it is one of success.
    func check(
        _ status: OpaquePointer,
        _ code: PenstockError.Code,
        at stage: PenstockError.Stage,
        _ what: @autoclosure () -> String
    ) throws(PenstockError) {
        // The status is the caller's and lives through the call; its message is copied.
        let number = unsafe functions.GetCode(status)
        guard number != 0 else { return }
        let message = unsafe functions.Message(status).map { unsafe String(cString: $0) } ?? ""
        throw PenstockError(code, at: stage, "\(what()): \(TensorFlowMessage(message).telling).", status: number)
    }
}
