internal import COpenVINO
internal import PenstockCore
internal import Synchronization

/// The library of functions, opened once a process and never closed.
final class OpenVINOLibrary {
    /// The functions.
    let functions: penstock_openvino_functions

    private init(_ functions: penstock_openvino_functions) {
        self.functions = functions
    }

    private static let opened = Mutex<OpenVINOLibrary?>(nil)

    private static let search = EngineSearch(
        variable: "PENSTOCK_OPENVINO_PATH",
        folders: ["openvino/libs", "openvino"],
        prefix: "libopenvino_c.so"
    )

    /// The library; opened by the first call.
    ///
    /// - Throws: When it is nowhere to be found, or does not fit.
    static func shared() throws(PenstockError) -> OpenVINOLibrary {
        try opened.withLock { (library) throws(PenstockError) in
            if let library { return library }
            let found = try open()
            library = found
            return found
        }
    }

    /// Opens the first candidate that loads; the system's own search comes last.
    private static func open() throws(PenstockError) -> OpenVINOLibrary {
        var refusals: [String] = []
        for path in search.candidates() + (search.named == nil ? ["libopenvino_c.so"] : []) {
            var functions = penstock_openvino_functions()
            // The table is a local that the call fills; a reason stays valid until this thread's next call.
            let reason = unsafe path.withCString { unsafe penstock_openvino_load($0, &functions) }
            guard let reason = unsafe reason else { return OpenVINOLibrary(functions) }
            unsafe refusals.append("\(path): \(String(cString: reason))")
        }
        throw missing(refusals)
    }

    private static func missing(_ refusals: [String]) -> PenstockError {
        if let named = search.named { return unusable(named, refusals) }
        let tried = refusals.count > 1 ? " Found but unusable: \(refusals.dropLast().joined(separator: "; "))." : ""
        return PenstockError(
            .engineMissing,
            at: .configure,
            "OpenVINO is not installed where Penstock looks. Install it with `make engine` in Penstock's folder or with "
                + "`pip install openvino`, or set PENSTOCK_OPENVINO_PATH to the folder of libopenvino_c.so.\(tried)"
        )
    }
}

/// A table of functions that never changes once it is filled.
extension OpenVINOLibrary: @unchecked Sendable {}

extension OpenVINOLibrary {
    private static func unusable(_ named: FilePath, _ refusals: [String]) -> PenstockError {
        let why = refusals.isEmpty ? "there is no libopenvino_c.so" : refusals.joined(separator: "; ")
        return PenstockError(
            .engineMissing,
            at: .configure,
            "PENSTOCK_OPENVINO_PATH names \(named), which cannot be used: \(why). Correct it, or unset it to have Penstock look."
        )
    }
}

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

    /// The line of the library's last message that says what went wrong, without its source locations.
    private func explanation(_ status: ov_status) -> String {
        let last = lastMessage()
        let lines = last.split(separator: "\n").map { $0.drop { $0 == " " } }
        let telling = lines.last { !$0.hasPrefix("Exception from") && !$0.hasPrefix("Check '") && !$0.isEmpty }
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

extension PenstockError.Code {
    /// No usable library of the engine was found.
    static let engineMissing = Self(rawValue: "engineMissing")
    /// The engine could not read the model.
    static let modelUnreadable = Self(rawValue: "modelUnreadable")
    /// The engine could not compile the model for the device.
    static let compilationFailed = Self(rawValue: "compilationFailed")
    /// An inference failed.
    static let inferenceFailed = Self(rawValue: "inferenceFailed")
}
