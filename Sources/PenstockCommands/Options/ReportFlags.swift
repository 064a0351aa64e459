package import PenstockCore

/// What the command line says about telling how a job goes and how it went.
package struct ReportFlags: Hashable, Sendable {
    /// The file for the summary.
    package var summary: FilePath?
    /// When progress is shown.
    package var progress: ProgressMode
    /// Whether to show where the time went.
    package var profiles: Bool

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        summary = arguments.path("summary")
        progress = try arguments.choice("progress") ?? .auto
        profiles = arguments.has("profile")
    }
}

extension ReportFlags {
    /// The options, as every command that runs a job has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            "summary",
            .file("FILE"),
            in: .results,
            help: "Write counts, times and the bottleneck as JSON at the end."
        ),
        OptionDescription(
            "progress",
            .choice(ProgressMode.allCases.map(\.rawValue)),
            in: .results,
            default: "auto, on a terminal only",
            help: "Show progress on standard error."
        ),
        OptionDescription(
            flag: "profile",
            in: .results,
            help: "Show where the time went, what limited the job and what would help."
        ),
    ]
}
