package import Penstock
internal import PenstockCore
internal import PenstockImages
internal import PenstockVideo

/// What the command line says about where files go and what they are.
package struct OutputFlags: Sendable {
    /// The folder, or one video's file.
    package var place: FilePath { settings.place }
    /// The format that was named.
    package var format: WrittenFormat
    /// All of it, as the job takes it.
    package var settings: OutputSettings

    /// Reads the options that `descriptions` describes.
    ///
    /// - Throws: Also when two of them contradict each other.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        let place = arguments.requiredPath("to")
        format = try Self.format(arguments, place)
        settings = OutputSettings(place)
        settings.format = try EncodingFlags(arguments, format).kind
        settings.name = try Self.name(arguments)
        settings.onConflict = try arguments.choice("on-conflict") ?? .fail
        settings.metadata = try arguments.choice("metadata") ?? .all
        settings.isLossless = arguments.has("lossless")
        settings.keepsDepth = arguments.has("keep-depth")
        settings.isDurable = arguments.has("durable")
        settings.queue = try arguments.automatic("queue", in: 1...100_000)
        settings.videoQuality = try arguments.integer("crf", in: 0...51)
        try check()
    }

    /// Whether everything goes into one file.
    var isOneFile: Bool { Self.isVideoFile(settings.place) }

    /// The folder that holds everything.
    var folder: FilePath { isOneFile ? settings.place.parent : settings.place }

    private static func isVideoFile(_ place: FilePath) -> Bool {
        EncodedVideo.writes(place) && !FileSystem.isDirectory(place)
    }

    private static func format(_ arguments: ParsedArguments, _ place: FilePath) throws(UsageError) -> WrittenFormat {
        let given = try arguments.choice("format", WrittenFormat.self)
        guard isVideoFile(place) else {
            try checkFolder(place)
            return given ?? .keep
        }
        let own = WrittenFormat(rawValue: place.lowercasedExtension)
        if let given, given != own {
            throw UsageError(
                "--to names a video's file, \(place.description.quoted), and --format \(given.rawValue) asks for another "
                    + "kind; leave one of them out."
            )
        }
        return own ?? .keep
    }

    private static func checkFolder(_ place: FilePath) throws(UsageError) {
        let advice = "--to is a folder, or a video's file that ends in .mp4, .mkv or .mov"
        if place == "-" { throw UsageError("\(advice); nothing is written to standard output.") }
        if place.bytes.isEmpty { throw UsageError("\(advice), not ''.") }
        if FileSystem.isDirectory(place) { return }
        if place.isNamedLikeMedia {
            throw UsageError("\(advice), not \(place.description.quoted); --name says how files are called.")
        }
    }

    private static func name(_ arguments: ParsedArguments) throws(UsageError) -> OutputName? {
        guard let pattern = arguments.text("name") else { return nil }
        do {
            return try OutputName(pattern)
        } catch let error as PenstockError {
            throw UsageError("--name: \(error.message)")
        } catch {
            throw UsageError("--name: \(error)")
        }
    }

    private func check() throws(UsageError) {
        if settings.videoQuality != nil, format.isPicture {
            throw UsageError("--crf is for videos, and --format \(format.rawValue) writes pictures.")
        }
        if settings.name != nil, isOneFile {
            throw UsageError("--to names the file already, so --name has nothing to name.")
        }
    }
}

extension FilePath {
    /// Whether the name ends as those of pictures and videos that are often written do, and so hardly names a folder.
    fileprivate var isNamedLikeMedia: Bool {
        ["jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "gif", "avi", "webm", "ts"].contains(lowercasedExtension)
    }
}
