internal import PenstockCore

/// The sources of a contract, in the order in which they count.
struct ContractSources: Sendable {
    let partials: [PartialContract]
    /// What stands where no other source declares a field in a way that can be honoured.
    private let lastResort: PartialContract

    /// Reads every source of a model.
    ///
    /// - Parameter asDefaults: Whether the flags come last and not first.
    init(
        _ model: ModelFile,
        _ input: ImageInput,
        _ output: ClassOutput,
        flags: ContractFlags,
        asDefaults: Bool = false
    ) throws(PenstockError) {
        let declared = try Self.declared(model, input, output)
        let sources =
            asDefaults
            ? declared + [try flags.defaults(behind: declared, for: input)] : [try flags.partial()] + declared
        lastResort = flags.lastResort
        partials = sources + [lastResort]
    }

    private static func declared(
        _ model: ModelFile,
        _ input: ImageInput,
        _ output: ClassOutput
    ) throws(PenstockError) -> [PartialContract] {
        let surroundings = ModelSurroundings(model)
        let config = ConfigFile(surroundings)
        return [
            try PenstockFile.read(surroundings),
            HuggingFaceProcessor.read(surroundings, model: config?.json),
            config?.huggingFace ?? PartialContract(),
            config?.timm(shape: input.fixedSize) ?? PartialContract(),
            LabelsBesideModel.read(surroundings),
            OpenVINOInfo.read(model),
            TFLiteSource.read(model, output: output),
        ]
    }

    /// A field's first declaration.
    struct Found<Value> {
        var value: Value
        var source: String
        /// Whether the user wrote it for this model.
        var isExplicit: Bool
    }

    /// The first declaration of a field; `nil` when there is none.
    ///
    /// - Throws: When the first declaration is one that cannot be honoured.
    func first<Value>(_ field: (PartialContract) -> Declaration<Value>?) throws(PenstockError) -> Found<Value>? {
        for partial in partials {
            switch field(partial) {
            case .value(let value, let source):
                return Found(value: value, source: source, isExplicit: partial.isExplicit)
            case .refused where field(lastResort) != nil: continue
            case .refused(let reason): throw refusal(reason, .undeclaredPreprocessing)
            case nil: continue
            }
        }
        return nil
    }
}
