public import PenstockCore
internal import PenstockFlow
public import PenstockInference

/// What a model is and how it would be fed, found without compiling it.
public struct ModelInspection: Sendable {
    /// The model's file or folder.
    public let model: ModelFile
    /// The engine that read it and would run it, with its version.
    public let engine: String
    /// Its inputs and outputs.
    public let description: ModelDescription
    /// The contract that would apply, or why there is none.
    public let contract: Result<Contract, PenstockError>
    /// Which engines were passed over, and why.
    public private(set) var notes: [String]
}

extension ModelInspection {
    /// Reads a model.
    ///
    /// - Parameter tensors: Which of the model's signatures, inputs and outputs are meant, where it has several.
    /// - Throws: When the engine or the model cannot be had; a contract that cannot be settled is not an error here.
    public init(
        model path: FilePath,
        engine choice: EngineChoice = .auto,
        tensors: TensorChoice = TensorChoice(),
        contract flags: ContractFlags = ContractFlags()
    ) async throws {
        self = try await DedicatedThread.run { () throws(PenstockError) in
            let engines = Engines(choice: choice, file: try ModelFile(path), tensors: tensors)
            var (inspection, notes) = try EngineTrials.first(of: engines) { (engine, model) throws(PenstockError) in
                ModelInspection(model.description, readBy: engine, engines, flags)
            }
            inspection.notes = notes
            return inspection
        }
    }

    private init(
        _ description: ModelDescription,
        readBy engine: any InferenceEngine,
        _ engines: Engines,
        _ flags: ContractFlags
    ) {
        model = engines.file
        self.engine = "\(engine.name) \(engine.version)"
        self.description = description
        contract = Result { () throws(PenstockError) in
            try Contract.resolve(engines.file, description, flags: flags, tensors: engines.tensors)
        }
        notes = []
    }
}
