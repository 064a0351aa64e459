internal import CONNXRuntime
package import PenstockCore

/// ONNX Runtime, through its table of functions.
package final class ONNXRuntimeEngine: InferenceEngine {
    package let kind = EngineKind.onnxruntime
    package let devices = [EngineDevice(name: "CPU", precisions: [.f32])]

    let library: ONNXRuntimeLibrary

    /// Opens the library.
    package init() throws(PenstockError) {
        library = try ONNXRuntimeLibrary.shared()
    }
}

extension ONNXRuntimeEngine {
    package var version: String { library.version }

    package var path: FilePath { library.path }

    package func read(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel {
        guard kind.formats.contains(model.format) else { throw kind.doesNotRead(model) }
        return try EngineActivity.during(kind) { () throws(PenstockError) in try ONNXRuntimeModel(library, model) }
    }
}

extension ONNXRuntimeLibrary {
    /// What the library calls the kinds of devices that it was built for.
    func providers() -> [String] {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var count: Int32 = 0
        // The names are copied before the library takes them back.
        unsafe forget(functions.providers(&names, &count))
        guard let names = unsafe names else { return [] }
        defer { unsafe forget(functions.release_providers(names, count)) }
        return (0..<Int(count)).compactMap { unsafe names[$0].map { unsafe String(cString: $0) } }
    }
}
