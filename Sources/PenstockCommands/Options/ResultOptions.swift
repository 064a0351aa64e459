package import PenstockCore

/// What the command line says about what is written, and where.
package struct ResultOptions: Hashable, Sendable {
    /// The most classes a picture.
    package var top: Int
    /// The least score of a class that is written.
    package var minScore: Float?
    /// Whether results come in the order of the inputs.
    package var isOrdered: Bool
    /// The form of the results.
    package var format: OutputFormat
    /// The file for the results; `nil` is standard output.
    package var output: FilePath?
    /// Whether to go on where an earlier run stopped.
    package var resumes: Bool

    /// Reads the options that `descriptions` describes.
    ///
    /// - Throws: Also when two of them contradict each other.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        top = try arguments.integer("top", in: 1...10_000) ?? 5
        minScore = try arguments.number("min-score").map { Float($0) }
        isOrdered = !arguments.has("unordered")
        format = try arguments.choice("format") ?? .jsonl
        output = arguments.path("output")
        resumes = arguments.has("resume")
        try checkFiles()
    }

    private func checkFiles() throws(UsageError) {
        if resumes, output == nil {
            throw UsageError("--resume goes on with the file of an earlier run, so it needs --output FILE.")
        }
        if resumes, format == .table {
            throw UsageError("--resume cannot read a table back; use --format jsonl or csv.")
        }
    }
}

extension ResultOptions {
    /// The options, as `classify` has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription("top", .text("N"), in: .results, default: "5", help: "The most classes a picture."),
        OptionDescription("min-score", .text("X"), in: .results, help: "Leave out classes below this score."),
        OptionDescription(
            "format",
            .choice(OutputFormat.allCases.map(\.rawValue)),
            in: .results,
            default: "jsonl",
            help: "A JSON object a line, comma-separated values for a spreadsheet, or a table to read."
        ),
        OptionDescription(
            "output",
            .file("FILE"),
            in: .results,
            default: "standard output",
            help: "Where the results go."
        ),
        OptionDescription(
            flag: "resume",
            in: .results,
            help: "Go on where an earlier run with the same --output stopped: nothing is lost or done twice."
        ),
        OptionDescription(
            flag: "unordered",
            in: .results,
            help: "Write each result when it is ready and not in the order of the inputs."
        ),
    ]
}
