package import PenstockCore

/// What the command line says about the account that a job keeps, and about how it goes on.
package struct ManifestFlags: Hashable, Sendable {
    /// The file for a line an item; `-` is standard output.
    package var manifest: FilePath?
    /// Whether to go on where an earlier run stopped.
    package var resumes: Bool
    /// Whether the first failure ends the job.
    package var stopsOnError: Bool
    /// Whether results come in the order of the inputs.
    package var isOrdered: Bool
    /// Threads that decode, transform and encode.
    package var workers: Int?

    /// What becomes of the job when an item fails.
    enum OnError: String, CaseIterable {
        case `continue`, stop
    }

    /// Reads the options that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        manifest = arguments.path("manifest")
        resumes = arguments.has("resume")
        stopsOnError = try arguments.choice("on-error", OnError.self) == .stop
        isOrdered = !arguments.has("unordered")
        workers = try arguments.automatic("workers", in: 1...1024)
    }

    /// Whether lines go to where nothing can be read back: standard output, a pipe, a device.
    var isInPlace: Bool { manifest.map { $0 == "-" || FileSystem.kind($0) == .other } ?? false }
}

extension ManifestFlags {
    /// The options, as `process` has them.
    package static let descriptions: [OptionDescription] = [
        OptionDescription(
            "manifest",
            .file("FILE"),
            in: .results,
            help: "Write a JSON object for each input: its file, size and checksum, or its error. - is standard "
                + "output, which lacks some lines after a kill."
        ),
        OptionDescription(
            "on-error",
            .choice(OnError.allCases.map(\.rawValue)),
            in: .results,
            default: "continue",
            help: "Whether the job goes on when an input fails."
        ),
        OptionDescription(
            flag: "resume",
            in: .results,
            help: "Go on where an earlier run with the same options stopped: nothing is lost or done twice."
        ),
        OptionDescription(
            flag: "unordered",
            in: .results,
            help: "Finish each picture when it is ready and not in the order of the inputs."
        ),
        OptionDescription(
            "workers",
            .suggestion("auto|N", ["auto"]),
            in: .speed,
            default: "auto",
            help: "Threads that read, decode, transform and encode."
        ),
    ]
}
