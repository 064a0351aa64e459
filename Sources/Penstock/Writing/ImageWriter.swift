public import PenstockCore
internal import PenstockFlow
public import PenstockImages
internal import Synchronization

/// Encodes pictures and writes them into a folder, behind the loop that makes them.
///
/// ```swift
/// let writer = try ImageWriter(folder: "out", format: .jpeg(quality: 95))
/// for try await picture in Pictures(.folder("photos")) {
///     try await writer.write(picture.pixels.get(), as: picture.name)
/// }
/// try await writer.finish()
/// ```
///
/// `write` returns at once until as many pictures wait as the queue holds, and then suspends until there is room. Files
/// appear whole, under their names, in the order in which they were brought. Call `finish`, which throws what went wrong
/// behind; a writer that is let go of before gives up what it has not written.
public final class ImageWriter: Sendable {
    private let work: WriterWork
    private let drain: Task<Void, Never>

    /// Prepares to write pictures of one format into a folder, which is made if it is missing and is this writer's alone
    /// while it lives.
    ///
    /// - Parameters:
    ///   - onConflict: What becomes of a picture whose file was there before. Two pictures of one writer never share a
    ///     file: the second is a failure, or gets a number by `.rename`.
    ///   - queue: How many pictures may wait to be encoded, and how many files for the disk; `nil` chooses.
    ///   - isDurable: Whether files are on the disk, and not only with the system, before they count as written.
    /// - Throws: A `PenstockError` where the folder cannot be written, or another job writes there.
    public convenience init(
        folder: FilePath,
        format: PictureEncoding,
        onConflict: ConflictChoice = .fail,
        queue: Int? = nil,
        isDurable: Bool = false
    ) throws {
        var settings = OutputSettings(folder)
        settings.format = .picture(format)
        settings.onConflict = onConflict
        settings.queue = queue.map { max(1, $0) }
        settings.isDurable = isDurable
        try self.init(ProcessingJob.Options(output: settings))
    }

    /// Prepares to write as a processing job does.
    init(_ options: ProcessingJob.Options) throws {
        let pixels = PixelInputs(limit: options.output.queue ?? 2 * options.workerCount + 4)
        let job = try ProcessingJob(PictureSource(inputs: [.pixels(pixels)]), options: options)
        let work = WriterWork(pixels)
        self.work = work
        drain = Task { await work.drain(job) }
    }

    deinit {
        // The task holds all that it uses, and ends with this.
        work.pixels.cancel()
        drain.cancel()
    }
}

extension ImageWriter {
    /// Brings a picture, to be written under a name below the folder; the format's own ending takes the place of another.
    ///
    /// What goes wrong with it later is told by `finish`.
    ///
    /// - Throws: `CancellationError` where the task or the writer was cancelled, or the writer is finished.
    public func write(_ picture: PixelBuffer, as name: FilePath) async throws {
        try await work.pixels.add(picture, named: name)
    }

    /// Waits until every picture brought so far is in its file, or has failed.
    public func flush() async {
        await work.flush()
    }

    /// Says that no picture follows, and waits until every one is in its file.
    ///
    /// - Throws: `Failures`, with all that went wrong behind the caller's back; `CancellationError` after a cancellation;
    ///   a `PenstockError` where the writing as a whole could not go on.
    public func finish() async throws {
        try? await work.pixels.finish()
        await drain.value
        try work.check()
    }

    /// Gives up what is not written yet.
    public func cancel() {
        work.noteCancelled()
        work.pixels.cancel()
        drain.cancel()
    }

    /// How many pictures came to which end so far.
    public var report: Report { work.report }

    /// How many pictures came to which end.
    public struct Report: Hashable, Sendable {
        /// Pictures that are in their files.
        public var written = 0
        /// Pictures left out because their files were there.
        public var skipped = 0
        /// Pictures that failed.
        public var failed = 0
        /// Bytes in the files written.
        public var bytes = 0
    }
}
