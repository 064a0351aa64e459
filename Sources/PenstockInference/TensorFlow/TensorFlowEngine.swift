package import PenstockCore

/// TensorFlow itself, through its C interface: SavedModels and frozen graphs, as whoever trained them ran them.
package final class TensorFlowEngine: InferenceEngine {
    package let kind = EngineKind.tensorflow
    package let version: String

    let library: TensorFlowLibrary

    /// Opens the library.
    ///
    /// - Throws: `engineMissing` when it is nowhere to be found, or does not fit.
    package init() throws(PenstockError) {
        library = try TensorFlowLibrary.shared()
        version = library.version
    }
}

extension TensorFlowEngine {
    package var path: FilePath { library.path }

    package var devices: [EngineDevice] {
        let names = (try? TensorFlowDevices(library))?.names ?? []
        return names.map { EngineDevice(name: $0, precisions: $0 == "CPU" ? [.f32, .bf16] : [.f32]) }
    }

    package func read(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel {
        switch model.format {
        case .savedModel:
            try TensorFlowSavedModel(library, model, tensors)
        case .frozenGraph:
            try TensorFlowFrozenGraph(library, model, tensors)
        case .onnx, .openvinoIR, .tflite:
            throw PenstockError(
                .unsupported,
                at: .configure,
                "TensorFlow does not read \(model.format.rawValue) models such as \(model.named): "
                    + "it reads SavedModel folders and frozen graphs. Leave --engine out, or name another."
            )
        }
    }
}
