package import PenstockCore

/// The command line of `penstock classify`, interpreted.
package struct ClassifyOptions: Sendable {
    /// What to classify, in order, every byte kept.
    package var inputs: [FilePath]
    /// The model's file or folder.
    package var model: FilePath
    /// The engine and its device.
    package var engine: EngineOptions
    /// What overrides the model's declared contract.
    package var contract: ContractOptions
    /// How pictures are read.
    package var pictures: PictureOptions
    /// How the work is spread.
    package var speed: SpeedOptions
    /// What is written.
    package var results: ResultOptions

    /// Interprets a command line that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        inputs = arguments.paths
        model = arguments.requiredPath("model")
        engine = try EngineOptions(arguments)
        contract = try ContractOptions(arguments)
        pictures = try PictureOptions(arguments)
        speed = try SpeedOptions(arguments)
        results = try ResultOptions(arguments)
    }
}

extension ClassifyOptions {
    /// Every option of the command, in the order of the help.
    package static let descriptions =
        PictureOptions.descriptions + [model] + EngineOptions.descriptions + ContractOptions.descriptions
        + ResultOptions.descriptions + SpeedOptions.descriptions

    /// What stands without dashes.
    package static let operand = OperandDescription("INPUT…", help: PictureOptions.operandHelp)

    private static let model = OptionDescription(
        "model",
        .file("MODEL"),
        in: .model,
        isRequired: true,
        help: "OpenVINO IR (.xml), ONNX, a SavedModel folder, a frozen graph (.pb), TFLite, or a folder that holds one."
    )
}
