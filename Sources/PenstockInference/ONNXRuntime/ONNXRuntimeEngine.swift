package import PenstockCore

/// ONNX Runtime, through its table of functions.
package final class ONNXRuntimeEngine: InferenceEngine {
    package let kind = EngineKind.onnxruntime
    package let version = ""
    package let path = FilePath("")
    package let devices: [EngineDevice] = []

    /// Opens the library.
    package init() throws(PenstockError) {
        throw EngineKind.onnxruntime.search.missing([])
    }

    package func read(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel {
        throw PenstockError(.modelUnreadable, at: .configure, "\(model.named)")
    }
}
