internal import COpenVINO
package import PenstockCore

/// OpenVINO: the fastest engine on a CPU, and the one that reads the most formats.
@safe package final class OpenVINOEngine: InferenceEngine {
    package let kind = EngineKind.openvino
    package let version: String

    let library: OpenVINOLibrary
    let elementTypes: OpenVINOElementTypes
    /// The library's root object. It may be used from any thread at once.
    let core: OpaquePointer

    /// Opens the library and makes its root object.
    package init() throws(PenstockError) {
        library = try OpenVINOLibrary.shared()
        var core: OpaquePointer?
        // The library owns what it makes until `core_free` in deinit.
        try unsafe library.check(
            library.functions.core_create(&core),
            .engineBroken,
            at: .configure,
            "OpenVINO could not start"
        )
        unsafe self.core = unsafe core!
        version = Self.version(library)
        do {
            elementTypes = unsafe try OpenVINOElementTypes(library, core: core!)
        } catch {
            // There is no deinit for an object that was never whole.
            unsafe library.functions.core_free(core)
            throw error
        }
    }

    deinit {
        unsafe library.functions.core_free(core)
    }

    private static func version(_ library: OpenVINOLibrary) -> String {
        var version = unsafe ov_version()
        // The strings are copied before the library frees them.
        guard unsafe library.functions.get_openvino_version(&version) == 0 else { return "unknown" }
        defer { unsafe library.functions.version_free(&version) }
        return unsafe String(cString: version.build_number)
    }
}

/// The library locks its root object itself.
extension OpenVINOEngine: @unchecked Sendable {}

extension OpenVINOEngine {
    package var path: FilePath { library.path }

    package func read(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel {
        if let signature = tensors.signature { throw Self.cannotChoose(signature) }
        return try EngineActivity.during(kind) { () throws(PenstockError) in
            unsafe OpenVINOModel(engine: self, file: model, adopting: try readPointer(model))
        }
    }

    private static func cannotChoose(_ signature: String) -> PenstockError {
        PenstockError(
            .invalidConfiguration,
            at: .configure,
            "OpenVINO reads the signature of a SavedModel that serves by default and cannot be told another "
                + "(--signature \(signature)). Say --engine tensorflow, or leave --signature out."
        )
    }

    /// Reads the model anew; the caller owns what is returned.
    func readPointer(_ model: ModelFile) throws(PenstockError) -> OpaquePointer {
        var pointer: OpaquePointer?
        // The path is a C string for the length of the call.
        let status = unsafe model.path.withCString {
            unsafe library.functions.core_read_model(core, $0, nil, &pointer)
        }
        try library.check(
            status,
            .modelUnreadable,
            at: .configure,
            "\(model.named) could not be read as \(model.format.rawValue)"
        )
        return unsafe pointer!
    }
}
