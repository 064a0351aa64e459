package import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// A video of annotated frames, drawn, encoded and written behind the work that makes them.
///
/// Frames come in their order. They keep the source's times, variable rate included, and its sound where the source is a
/// file; live sources are written without sound. The file appears under its name when `finish` has returned, and not at
/// all when anything failed or the object was cancelled or let go before.
package final class AnnotatedVideo: Sendable {
    private let work: VideoWork

    /// Prepares to write a video whose kind follows from its name's ending: `.mp4`, `.mov` or `.mkv`.
    ///
    /// - Parameter source: Where the frames come from; if that is a file, its sound is kept.
    /// - Throws: When the name or its folder will not do, or when this system lacks the encoder, the filters or a font.
    package init(
        to path: FilePath,
        source: VideoLocation? = nil,
        queue limit: Int = 8,
        whenFull: WhenFull = .wait
    ) throws(PenstockError) {
        let container = try VideoContainer(of: path)
        try AtomicFile.checkPlace(of: path)
        try VideoEncoder.check()
        _ = try FilterLibrary.load()
        let drawing = AnnotationDrawing(font: try .find())
        let sound = try Self.soundFile(of: source, writing: path)
        let work = VideoWork(queue: BehindQueue(limit: limit, whenFull: whenFull))
        self.work = work
        try DedicatedThread.start {
            work.run { VideoWriter(to: path, container, drawing, soundOf: sound) }
        }
    }

    deinit {
        // The thread has its own references to all that it uses, and ends by itself.
        work.queue.cancel()
    }

    /// Whether a name ends as those of the files that can be written.
    package static func writes(_ path: FilePath) -> Bool { VideoContainer(rawValue: path.lowercasedExtension) != nil }

    /// Brings the next frame; returns as soon as there is room for it behind.
    ///
    /// - Returns: `false` where there was no room and nobody waits: this drawing was dropped.
    /// - Throws: What has ended the writing behind, or `CancellationError`.
    @discardableResult
    package func write(_ frame: VideoFrame, _ annotation: Annotation) async throws -> Bool {
        try await work.queue.add(AnnotatedFrame(frame: frame, annotation: annotation))
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

    /// What is not as in the source, in whole sentences; complete once `finish` has returned.
    package var notes: [String] { work.progress.withLock { $0.notes } }
}

extension AnnotatedVideo {
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
                "\(path) is the video that is read: the annotated one needs another name."
            )
        }
        return file
    }
}
