package import PenstockCore

/// The command line of `penstock inspect`, interpreted.
package struct InspectOptions: Sendable {
    /// What to look at: models, pictures and videos.
    package var inputs: [FilePath]
    /// The engine and its device.
    package var engine: EngineOptions
    /// What overrides a model's declared contract.
    package var contract: ContractOptions
    /// The form of the answer.
    package var format: Format

    /// The form of the answer.
    package enum Format: String, Hashable, Sendable, CaseIterable {
        /// For people.
        case text
        /// For programs.
        case json
    }

    /// Interprets a command line that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        inputs = arguments.paths
        engine = try EngineOptions(arguments)
        contract = try ContractOptions(arguments)
        format = try arguments.choice("format") ?? .text
    }
}

extension InspectOptions {
    /// Every option of the command, in the order of the help.
    package static let descriptions =
        EngineOptions.descriptions + ContractOptions.descriptions + [formatDescription]

    /// The form of the answer, as every command has it that looks at something.
    static let formatDescription = OptionDescription(
        "format",
        .choice(Format.allCases.map(\.rawValue)),
        in: .results,
        default: "text",
        help: "For people or for programs."
    )

    /// What stands without dashes.
    package static let operand = OperandDescription("MODEL|INPUT…", help: "Models, pictures and videos to look at.")
}
