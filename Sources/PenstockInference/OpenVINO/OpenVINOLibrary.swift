internal import COpenVINO
internal import PenstockCore
internal import Synchronization

/// The library of functions, opened once a process and never closed.
final class OpenVINOLibrary {
    /// The functions.
    let functions: penstock_openvino_functions
    /// The file that they came from.
    let path: FilePath

    private init(_ library: EngineLibrary<penstock_openvino_functions>) {
        functions = library.functions
        path = library.path
    }

    private static let opened = Mutex<OpenVINOLibrary?>(nil)

    /// The library; opened by the first call.
    ///
    /// - Throws: When it is nowhere to be found, or does not fit.
    static func shared() throws(PenstockError) -> OpenVINOLibrary {
        try opened.withLock { (library) throws(PenstockError) in
            if let library { return library }
            let found = OpenVINOLibrary(try EngineLibrary.open(EngineKind.openvino.search, load))
            library = found
            return found
        }
    }

    private static func load(_ path: FilePath) -> Result<penstock_openvino_functions, EngineRefusal> {
        var functions = penstock_openvino_functions()
        // The table is a local that the call fills; a reason stays valid until this thread's next call.
        let reason = unsafe path.withCString { unsafe penstock_openvino_load($0, &functions) }
        guard let reason = unsafe reason else { return .success(functions) }
        return unsafe .failure(EngineRefusal(String(cString: reason)))
    }
}

/// A table of functions that never changes once it is filled.
extension OpenVINOLibrary: @unchecked Sendable {}

extension OpenVINOLibrary {
    /// Turns a status into an error unless it is 0, with the library's own explanation.
    func check(
        _ status: ov_status,
        _ code: PenstockError.Code,
        at stage: PenstockError.Stage,
        _ what: @autoclosure () -> String
    ) throws(PenstockError) {
        guard status != 0 else { return }
        throw PenstockError(code, at: stage, "\(what()): \(explanation(status)).", status: status)
    }

    /// The library's last message, which it hands out as a copy.
    private func lastMessage() -> String {
        guard let text = functions.get_last_err_msg() else { return "" }
        // The copy is ours to give back once it is read.
        defer { unsafe functions.free(text) }
        return unsafe String(cString: text)
    }

    /// How lines begin that say where in the library it happened, or where to read about extending it.
    private static let untelling = ["Exception from", "Check '", "To facilitate the conversion"]

    /// The line of the library's last message that says what went wrong, without its source locations.
    private func explanation(_ status: ov_status) -> String {
        let last = lastMessage()
        let lines = last.split(separator: "\n").map { $0.drop { " -".contains($0) } }
        let telling = lines.last { line in !line.isEmpty && !Self.untelling.contains { line.hasPrefix($0) } }
        guard let telling else {
            // The library keeps this text for good.
            return unsafe functions.get_error_info(status).map { unsafe String(cString: $0) } ?? "status \(status)"
        }
        return String(telling.prefix(300).drop { $0 == " " }).trimmingFullStop
    }
}

extension String {
    fileprivate var trimmingFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
