package import PenstockCore
package import PenstockFlow
internal import Synchronization

/// A video that is encoded and written, drawn on where that is asked for, behind the work that makes its frames.
///
/// Frames come in their order. They keep the source's times, variable rate included, and its sound where the source is a
/// file; live sources are written without sound. The file appears under its name when `finish` has returned, and not at
/// all when anything failed or the object was cancelled or let go before.
package final class EncodedVideo: Sendable {
    private let work: VideoWork

    /// Prepares to write a video whose kind follows from its name's ending: `.mp4`, `.mov` or `.mkv`.
    ///
    /// - Parameters:
    ///   - source: Where the frames come from; if that is a file, its sound is kept.
    ///   - draws: Whether annotations are drawn; only then is a font needed.
    ///   - quality: The constant rate factor, 0 to 51, of which lower is finer; `nil` chooses.
    /// - Throws: When the name, its folder or the quality will not do, or when this system lacks the encoder, the
    ///   filters or a font.
    package init(
        to path: FilePath,
        source: VideoLocation? = nil,
        draws: Bool,
        quality: Int? = nil,
        queue limit: Int = 8,
        whenFull: WhenFull = .wait
    ) throws(PenstockError) {
        let container = try VideoContainer(of: path)
        try AtomicFile.checkPlace(of: path)
        let quality = try VideoQuality(quality)
        try VideoEncoder.check()
        _ = try FilterLibrary.load()
        let drawing = draws ? AnnotationDrawing(font: try .find()) : nil
        let sound = try Self.soundFile(of: source, writing: path)
        let work = VideoWork(queue: BehindQueue(limit: limit, whenFull: whenFull))
        self.work = work
        try DedicatedThread.start {
            work.run { VideoWriter(to: path, container, quality, drawing, soundOf: sound) }
        }
    }

    deinit {
        // The thread has its own references to all that it uses, and ends by itself.
        work.queue.cancel()
    }

    /// Whether a name ends as those of the files that can be written.
    package static func writes(_ path: FilePath) -> Bool { VideoContainer(rawValue: path.lowercasedExtension) != nil }

    /// Brings the next frame, and what to draw on it; returns as soon as there is room for it behind.
    ///
    /// - Returns: `false` where there was no room and nobody waits: this frame was dropped.
    /// - Throws: What has ended the writing behind, or `CancellationError`.
    @discardableResult
    package func write(_ frame: VideoFrame, _ annotation: Annotation? = nil) async throws -> Bool {
        try await work.queue.add(WrittenFrame(frame: frame, annotation: annotation))
    }

    /// Waits until every frame is written and the file has its name.
    ///
    /// - Throws: What has failed behind, `CancellationError` after a cancellation; nothing is left of the file then.
    package func finish() async throws {
        try await work.queue.finish()
    }

    /// Gives up. Who must know that nothing is left of the file waits for `finish` to throw.
    package func cancel() {
        work.queue.cancel()
    }

    /// How many frames were written, and how many dropped.
    package var report: (written: Int, dropped: Int) {
        (work.progress.withLock { $0.written }, work.queue.droppedCount)
    }

    /// The file as it was given its name, with so many frames of one size; `nil` until `finish` has returned.
    package var written: (frames: Int, size: ImageSize, bytes: Int)? { work.progress.withLock { $0.file } }

    /// What is not as in the source, in whole sentences; complete once `finish` has returned.
    package var notes: [String] { work.progress.withLock { $0.notes } }
}

extension EncodedVideo {
    /// The file whose sound is kept: only one that can be read twice.
    private static func soundFile(
        of source: VideoLocation?,
        writing path: FilePath
    ) throws(PenstockError) -> FilePath? {
        guard case .file(let file) = source, case .regular = FileSystem.kind(file) else { return nil }
        guard !FileSystem.isSameFile(file, path) else {
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "\(path) is the video that is read: what is written needs another name."
            )
        }
        return file
    }
}
