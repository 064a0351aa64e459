public import PenstockCore
public import PenstockInference

extension Session {
    /// How a model is opened. The defaults suit the machine that the process runs on.
    public struct Configuration: Sendable {
        /// The engine that runs the model.
        public var engine: EngineChoice = .auto
        /// Which of the model's signatures, inputs and outputs are meant, where it has several.
        public var tensors: TensorChoice = TensorChoice()
        /// The device, as the engine names it.
        public var device: String = "CPU"
        /// The arithmetic.
        public var precision: Precision = .auto
        /// Places in a batch; `nil` takes the model's own, or what suits the engine where it leaves that open: eight with
        /// TensorFlow, one with others.
        public var batch: Int?
        /// Inference requests in existence; `nil` takes as many as keep the engine busy while others are filled.
        ///
        /// In a panel it counts batches, of which there are as many as the model that wants most asks for: a batch has
        /// places for the largest of the models' batches, and of a model with fewer places as many requests as fill it.
        public var requests: Int?
        /// Where compiled models are kept between runs.
        public var cache: ModelCache = .standard
        /// What the caller knows of the preprocessing and the labels; it wins over what the model's files say.
        public var contract: ContractFlags = ContractFlags()
        /// Whether `contract` only fills in what the model's files leave open, as suits one that several models share.
        public var contractYields: Bool = false

        /// Makes the default configuration.
        public init() {}
    }
}

/// Which engine runs a model.
public enum EngineChoice: String, Hashable, Sendable, CaseIterable {
    /// The best of those that are installed and read the model.
    case auto
    /// OpenVINO.
    case openvino
    /// TensorFlow.
    case tensorflow
    /// ONNX Runtime.
    case onnxruntime
}

/// Where compiled models are kept between runs, so that the next start is quick.
public enum ModelCache: Hashable, Sendable {
    /// `penstock` in the user's cache folder.
    case standard
    /// The given folder.
    case folder(FilePath)
    /// Nowhere.
    case none
}

extension ModelCache {
    /// The folder, made if it is missing; `nil` when there is to be none or it cannot be made.
    func directory() throws(PenstockError) -> FilePath? {
        switch self {
        case .none:
            return nil
        case .folder(let path):
            try FileSystem.makeDirectory(path)
            guard FileSystem.isWritableDirectory(path) else {
                throw PenstockError(
                    .permissionDenied,
                    at: .configure,
                    "\(path) cannot hold compiled models: it is no folder that this user may write. "
                        + "Name another after --cache-dir, or none."
                )
            }
            return path
        case .standard:
            // The convention asks for relative paths to be passed over.
            let cache = environment("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? FilePath($0) : nil }
            let base = cache ?? environment("HOME").map { FilePath($0).appending(".cache") }
            // A home that cannot be written costs time at each start, not the job.
            guard let path = base?.appending("penstock") else { return nil }
            try? FileSystem.makeDirectory(path)
            return FileSystem.isWritableDirectory(path) ? path : nil
        }
    }
}
