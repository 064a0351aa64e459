package import PenstockCore

/// The command line of `penstock doctor`, interpreted.
package struct DoctorOptions: Sendable {
    /// The model.
    package var model: FilePath
    /// The pictures and videos to show it.
    package var inputs: [FilePath]
    /// The most pictures that are looked at.
    package var sample: Int
    /// The engine and its device.
    package var engine: EngineOptions
    /// What is done today, against what the model declares.
    package var contract: ContractOptions
    /// How pictures are read.
    package var pictures: PictureOptions
    /// The form of the answer.
    package var format: ReportFormat
    /// How many candidates the answer holds.
    package var top: Int
    /// Whether the contract is saved beside the model.
    package var writes: Bool
    /// Whether it is saved over one that exists, and where nothing stands out.
    package var forces: Bool

    /// Interprets a command line that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        model = arguments.paths[0]
        inputs = Array(arguments.paths.dropFirst())
        sample = try arguments.integer("sample", in: 1...10_000) ?? 64
        engine = try EngineOptions(arguments)
        contract = try ContractOptions(arguments)
        pictures = try PictureOptions(arguments)
        format = try arguments.choice("format") ?? .text
        top = try arguments.integer("top", in: 1...1000) ?? 5
        writes = arguments.has("write")
        forces = arguments.has("force")
        if forces, !writes { throw UsageError("--force goes with --write.") }
    }
}

extension DoctorOptions {
    /// Every option of the command, in the order of the help.
    package static let descriptions =
        [
            OptionDescription(
                "sample",
                .text("N"),
                in: .inputs,
                default: "64",
                help: "Look at this many pictures at most, spread over the inputs; videos give frames."
            )
        ] + PictureOptions.descriptions + EngineOptions.descriptions + ContractOptions.descriptions + [
            ReportFormat.description,
            OptionDescription(
                "top",
                .text("N"),
                in: .results,
                default: "5",
                help: "Show this many candidates, and what is declared and recommended always."
            ),
            OptionDescription(
                flag: "write",
                in: .results,
                help: "Save what is recommended as penstock.json beside the model, where classify finds it."
            ),
            OptionDescription(
                flag: "force",
                in: .results,
                help: "With --write: change a file that exists (its labels and its size stay), and save the best "
                    + "candidate even where none stands out."
            ),
        ]

    /// What stands without dashes.
    package static let operand = OperandDescription(
        "MODEL INPUT…",
        help:
            "The model, and the pictures to show it: at least eleven, of several kinds. Folders or files that are named "
            + "after the model's classes tell most.",
        minimum: 2
    )
}
