internal import Penstock
package import PenstockCore
internal import PenstockVideo

/// The command line of `penstock process`, interpreted.
package struct ProcessOptions: Sendable {
    /// What to process, in order, every byte kept.
    package var inputs: [FilePath]
    /// What is done to each picture.
    package var operations: OperationFlags
    /// Where files go and what they are.
    package var output: OutputFlags
    /// How pictures are read.
    package var pictures: PictureOptions
    /// Which frames of videos are taken.
    package var video: VideoFlags
    /// What account is kept.
    package var manifest: ManifestFlags
    /// How the job is told of.
    package var reports: ReportFlags

    /// Interprets a command line that `descriptions` describes.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        inputs = arguments.paths
        operations = try OperationFlags(arguments)
        output = try OutputFlags(arguments)
        pictures = try PictureOptions(arguments)
        video = try VideoFlags(arguments)
        manifest = try ManifestFlags(arguments)
        reports = try ReportFlags(arguments)
        try checkFiles()
        try checkInputs()
        try checkLossless()
        try checkOrder()
    }

    private func checkFiles() throws(UsageError) {
        let files = [("--to", output.place), ("--manifest", manifest.manifest), ("--summary", reports.summary)]
        for (place, file) in files.enumerated() {
            guard let path = file.1, let other = files[..<place].first(where: { $0.1 == path }) else { continue }
            throw UsageError("\(other.0) and \(file.0) both name \(path.description.quoted); give each a place.")
        }
    }

    private func checkInputs() throws(UsageError) {
        try video.checkRaw(inputs)
        guard let live = inputs.first(where: \.isLive) else { return }
        throw UsageError(
            "\(live.description.quoted) is live, and 'penstock process' takes what has an end. Record it first, with "
                + "ffmpeg -i \(live.description.quoted) -c copy recording.mkv, and process that."
        )
    }

    private func checkLossless() throws(UsageError) {
        guard output.settings.isLossless, output.format == .jpeg,
            let place = operations.operations.firstIndex(where: { !$0.isLossless })
        else { return }
        throw UsageError(
            "\(operations.words[place]) cannot be done to a JPEG without loss; leave it or --lossless out, or write "
                + "--format png."
        )
    }

    private func checkOrder() throws(UsageError) {
        if !manifest.isOrdered, !output.format.isPicture {
            throw UsageError(
                "--unordered is for pictures, since a video's frames have an order; say which with --format, such as jpeg."
            )
        }
        if manifest.resumes, output.isOneFile, manifest.manifest == nil || manifest.isInPlace {
            throw UsageError("--resume has nothing to go on with: one video is made from its beginning each time.")
        }
    }
}

extension FilePath {
    /// Whether it names a stream or a camera, which has no end.
    fileprivate var isLive: Bool {
        guard let scheme = VideoLocation.scheme(ofKnown: description) else { return FileSystem.isCamera(self) }
        return !["http", "https", "file"].contains(scheme)
    }
}

extension ProcessOptions {
    /// Every option of the command, in the order of the help.
    package static let descriptions =
        PictureOptions.descriptions + VideoFlags.descriptions + OperationFlags.descriptions + OutputFlags.descriptions
        + ManifestFlags.descriptions + ReportFlags.descriptions

    /// What stands without dashes.
    package static let operand = OperandDescription(
        "INPUT…",
        help: "Pictures, videos, folders (read recursively), quoted patterns such as 'photos/**/*.jpg', lists of paths "
            + "(@list.txt), - for paths on standard input, or addresses (https)."
    )
}
