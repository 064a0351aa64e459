public import PenstockCore
internal import PenstockFlow
public import PenstockInference

/// What a model is and how it would be fed, found without compiling it.
public struct ModelInspection: Sendable {
    /// The model's file or folder.
    public let model: ModelFile
    /// The engine that read it, with its version.
    public let engine: String
    /// Its inputs and outputs.
    public let description: ModelDescription
    /// The contract that would apply, or why there is none.
    public let contract: Result<Contract, PenstockError>
}

extension ModelInspection {
    /// Reads a model.
    ///
    /// - Throws: When the engine or the model cannot be had; a contract that cannot be settled is not an error here.
    public init(
        model path: FilePath,
        engine choice: EngineChoice = .auto,
        contract flags: ContractFlags = ContractFlags()
    ) async throws {
        self = try await DedicatedThread.run { () throws(PenstockError) in
            let file = try ModelFile(path)
            let engine = try Engines.engine(choice)
            let description = try engine.read(file, TensorChoice()).description
            return ModelInspection(
                model: file,
                engine: "\(engine.name) \(engine.version)",
                description: description,
                contract: Result { () throws(PenstockError) in
                    try Contract.resolve(file, description, flags: flags)
                }
            )
        }
    }
}
