internal import PenstockCore
internal import PenstockVideo

/// Where a job's files go: a folder, or the one file of one video.
struct OutputPlace: Sendable {
    /// The folder.
    let folder: FilePath
    /// The name of the only file, where there is to be only one.
    let file: FilePath?

    /// Reads what the settings say.
    ///
    /// - Throws: Where one video is to hold what no video holds.
    init(_ settings: OutputSettings) throws(PenstockError) {
        let path = settings.place
        guard EncodedVideo.writes(path), !FileSystem.isDirectory(path) else {
            folder = path
            file = nil
            return
        }
        if case .picture = settings.format { throw Self.picturesInVideo(path) }
        folder = path.parent
        file = FilePath(bytes: path.lastComponent)
    }

    private static func picturesInVideo(_ path: FilePath) -> PenstockError {
        PenstockError(
            .invalidConfiguration,
            at: .configure,
            "\(path) is named like one video, and pictures are to be written. Name a folder for them."
        )
    }
}
