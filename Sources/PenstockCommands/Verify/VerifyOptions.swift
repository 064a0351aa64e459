internal import Penstock
package import PenstockCore

/// The command line of `penstock verify`, interpreted.
package struct VerifyOptions: Sendable {
    /// The model's file or folder.
    package var model: FilePath
    /// What to classify, in order, every byte kept.
    package var inputs: [FilePath]
    /// The results to compare with.
    package var reference: FilePath
    /// The model of several in the reference whose answers are meant.
    package var referenceModel: String?
    /// The reference's summary, where it does not lie beside it.
    package var referenceSummary: FilePath?
    /// How far apart two scores may be; `nil` leaves it to the model's output.
    package var tolerance: Double?
    /// The least part of the pictures whose best class must agree.
    package var minAgreement: Double
    /// Whether the pictures are only some of the reference's.
    package var isSubset: Bool
    /// How many of the pictures that differ most are shown.
    package var shown: Int
    /// The form of the report.
    package var format: ReportFormat
    /// The file for a line about each picture that differs.
    package var output: FilePath?
    /// When progress is shown.
    package var progress: ProgressMode
    /// The engine and its device.
    package var engine: EngineOptions
    /// What overrides the model's declared contract.
    package var contract: ContractOptions
    /// How pictures are read.
    package var pictures: PictureOptions
    /// Which frames of videos are taken.
    package var video: VideoFlags
    /// How closely the model looks.
    package var look: ModelInputFlags
    /// How the work is spread.
    package var speed: SpeedOptions

    /// Interprets a command line that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        model = arguments.paths[0]
        inputs = Array(arguments.paths.dropFirst())
        reference = arguments.requiredPath("against")
        referenceModel = arguments.text("reference-model")
        referenceSummary = arguments.path("reference-summary")
        tolerance = try arguments.number("tolerance", in: 0...1e9)
        minAgreement = try arguments.number("min-agreement", in: 0...1) ?? 1
        isSubset = arguments.has("subset")
        shown = try arguments.integer("show", in: 0...1000) ?? 10
        format = try arguments.choice("format") ?? .text
        output = arguments.path("output")
        progress = try arguments.choice("progress") ?? .auto
        engine = try EngineOptions(arguments)
        contract = try ContractOptions(arguments)
        pictures = try PictureOptions(arguments)
        video = try VideoFlags(arguments)
        look = try ModelInputFlags(arguments)
        speed = try SpeedOptions(arguments)
        try checkTogether()
    }

    private func checkTogether() throws(UsageError) {
        try video.checkRaw(inputs)
        for (option, path) in [("--against", reference), ("--reference-summary", referenceSummary)] {
            try OutputFiles.checkDistinct([("--output", output), (option, path)])
        }
    }
}

extension VerifyOptions {
    /// What stands without dashes.
    package static let operand = OperandDescription(
        "MODEL INPUT…",
        help:
            "The model's file or folder, then the pictures of the reference. \(PictureOptions.operandHelp)",
        minimum: 2
    )

    /// Every option of the command, in the order of the help.
    package static let descriptions =
        comparison + PictureOptions.descriptions + VideoFlags.descriptions + ModelInputFlags.descriptions
        + EngineOptions.descriptions + ContractOptions.descriptions + SpeedOptions.descriptions

    private static let comparison =
        reference + limits + report + ReportFlags.descriptions.filter { $0.name == "progress" }

    private static let reference: [OptionDescription] = [
        OptionDescription(
            "against",
            .file("FILE"),
            in: .inputs,
            isRequired: true,
            help: "The results to compare with: JSON lines or CSV of `classify`, or of a program of your own."
        ),
        OptionDescription(
            "reference-model",
            .text("NAME"),
            in: .inputs,
            help: "Whose answers are meant, where the reference has those of several models."
        ),
        OptionDescription(
            "reference-summary",
            .file("FILE"),
            in: .inputs,
            default: "NAME.summary.json or summary.json beside the reference",
            help:
                "The summary of the run that made the reference: it tells whether model, contract, engine or precision "
                + "were others."
        ),
        OptionDescription(
            flag: "subset",
            in: .inputs,
            help: "The pictures are only some of the reference's: the others are not missed."
        ),
    ]

    private static let limits: [OptionDescription] = [
        OptionDescription(
            "tolerance",
            .text("X"),
            in: .results,
            default: "0.0001, or one step of a quantised output where that is more",
            help: "How far apart two scores of a class may be."
        ),
        OptionDescription(
            "min-agreement",
            .text("PART"),
            in: .results,
            default: "1",
            help: "The least part of the pictures whose first class is that of the reference, or tied with it."
        ),
    ]

    private static let report: [OptionDescription] = [
        OptionDescription(
            "show",
            .text("N"),
            in: .results,
            default: "10",
            help: "Show this many of the pictures that differ most."
        ),
        ReportFormat.description,
        OptionDescription(
            "output",
            .file("FILE"),
            in: .results,
            help: "Write a JSON object a line for each picture that differs or has nothing to be compared with."
        ),
    ]
}
