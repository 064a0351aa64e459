internal import PenstockCore

/// The engines that Penstock knows, in the order in which they are preferred.
package enum EngineKind: String, Hashable, Sendable, CaseIterable {
    /// Fastest on a CPU, and reads the most formats.
    case openvino
    /// TensorFlow itself.
    case tensorflow
    /// ONNX Runtime.
    case onnxruntime
}

extension EngineKind {
    /// What its makers call it.
    package var product: String {
        switch self {
        case .openvino: "OpenVINO"
        case .tensorflow: "TensorFlow"
        case .onnxruntime: "ONNX Runtime"
        }
    }

    /// The formats that it reads.
    package var formats: [ModelFile.Format] {
        switch self {
        case .openvino: [.openvinoIR, .onnx, .savedModel, .frozenGraph, .tflite]
        case .tensorflow: [.savedModel, .frozenGraph]
        case .onnxruntime: [.onnx]
        }
    }

    /// Whether it finds more in models of a format than other engines do: any tensor of a frozen graph, any signature of a
    /// SavedModel.
    package func seesEverything(in format: ModelFile.Format) -> Bool {
        self == .tensorflow && [.frozenGraph, .savedModel].contains(format)
    }

    /// Where its library is looked for.
    package var search: EngineSearch {
        switch self {
        case .openvino:
            EngineSearch(
                kind: self,
                variable: "PENSTOCK_OPENVINO_PATH",
                folders: ["openvino/libs", "openvino"],
                names: ["libopenvino_c.so"]
            )
        case .tensorflow:
            EngineSearch(
                kind: self,
                variable: "PENSTOCK_TENSORFLOW_PATH",
                folders: ["tensorflow", "tensorflow/lib"],
                names: ["libtensorflow_cc.so", "libtensorflow.so"]
            )
        case .onnxruntime:
            EngineSearch(
                kind: self,
                variable: "PENSTOCK_ONNXRUNTIME_PATH",
                folders: ["onnxruntime/capi", "onnxruntime", "onnxruntime/lib"],
                names: ["libonnxruntime.so"]
            )
        }
    }

    /// The one command that installs it.
    package var installation: String {
        switch self {
        case .openvino: "make engine"
        case .tensorflow: "make engine-tensorflow"
        case .onnxruntime: "make engine-onnxruntime"
        }
    }

    /// The Python package that holds its library.
    package var package: String {
        switch self {
        case .openvino: "openvino"
        case .tensorflow: "tensorflow-cpu"
        case .onnxruntime: "onnxruntime"
        }
    }

    /// Opens the engine anew; `open` is what shares it.
    ///
    /// - Throws: `engineMissing` when its library is nowhere to be found, or does not fit.
    func make() throws(PenstockError) -> any InferenceEngine {
        switch self {
        case .openvino: try OpenVINOEngine()
        case .tensorflow: try TensorFlowEngine()
        case .onnxruntime: try ONNXRuntimeEngine()
        }
    }
}
