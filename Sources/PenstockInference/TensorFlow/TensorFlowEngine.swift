package import PenstockCore

/// TensorFlow itself, through its C interface.
package final class TensorFlowEngine: InferenceEngine {
    package let kind = EngineKind.tensorflow
    package let version = ""
    package let path = FilePath("")
    package let devices: [EngineDevice] = []

    /// Opens the library.
    package init() throws(PenstockError) {
        throw EngineKind.tensorflow.search.missing([])
    }

    package func read(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel {
        throw PenstockError(.modelUnreadable, at: .configure, "\(model.named)")
    }
}
