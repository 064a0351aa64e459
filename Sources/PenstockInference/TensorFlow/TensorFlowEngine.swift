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
        get throws(PenstockError) {
            let names = try EngineActivity.during(kind) { () throws(PenstockError) in
                try TensorFlowDevices(library).names
            }
            return names.map { EngineDevice(name: $0, precisions: TensorFlowConfiguration.precisions(on: $0)) }
        }
    }

    package func read(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel {
        try EngineActivity.during(kind) { () throws(PenstockError) in try reading(model, tensors) }
    }

    private func reading(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel {
        switch model.format {
        case .savedModel:
            try TensorFlowSavedModel(library, model, tensors)
        case .frozenGraph:
            try TensorFlowFrozenGraph(library, model, tensors)
        case .onnx, .openvinoIR, .tflite:
            throw kind.doesNotRead(model)
        }
    }
}
