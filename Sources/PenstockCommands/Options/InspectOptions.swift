package import Penstock
package import PenstockCore
package import PenstockInference

/// The command line of `penstock inspect`, interpreted.
package struct InspectOptions: Sendable {
    /// What to look at: models, pictures and videos.
    package var inputs: [FilePath]
    /// The engine.
    package var engine: EngineChoice
    /// Which of a model's signatures, inputs and outputs are meant.
    package var tensors: TensorChoice
    /// What overrides a model's declared contract.
    package var contract: ContractOptions
    /// The form of the answer.
    package var format: ReportFormat

    /// Interprets a command line that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        inputs = arguments.paths
        engine = try arguments.choice("engine") ?? .auto
        tensors = TensorChoice(arguments)
        contract = try ContractOptions(arguments)
        format = try arguments.choice("format") ?? .text
    }
}

extension InspectOptions {
    /// Every option of the command, in the order of the help.
    package static let descriptions =
        EngineOptions.readingDescriptions + ContractOptions.descriptions + [ReportFormat.description]

    /// What stands without dashes.
    package static let operand = OperandDescription("MODEL|INPUT…", help: "Models, pictures and videos to look at.")
}
