package import PenstockCore
package import PenstockFlow
package import PenstockImages

/// A folder of annotated pictures: each is decoded again, drawn on and written as JPEG behind the work that brings it.
///
/// Pictures appear whole or not at all. One that cannot be read or written is reported, and ends nothing.
package final class AnnotatedPictures: Sendable {
    private let work: PictureWork

    /// Prepares to write pictures into a folder, which is made if it is missing.
    ///
    /// - Parameter whenFailed: Is told of each picture that could not be made, by its name, on the thread behind.
    /// - Throws: When the folder cannot be written, or this system lacks the filters or a font.
    package init(
        folder: FilePath,
        queue limit: Int = 8,
        whenFull: WhenFull = .wait,
        options: DecodeOptions = DecodeOptions(allowTruncated: true),
        whenFailed: @escaping @Sendable (FilePath, PenstockError) -> Void = { _, _ in }
    ) throws(PenstockError) {
        let places = try PicturePlaces(in: folder)
        _ = try FilterLibrary.load()
        let drawing = AnnotationDrawing(font: try .find())
        let work = PictureWork(queue: BehindQueue(limit: limit, whenFull: whenFull), whenFailed: whenFailed)
        self.work = work
        try DedicatedThread.start {
            work.run { PictureWriter(places, drawing, options) }
        }
    }

    deinit {
        // The thread has its own references to all that it uses, and ends by itself.
        work.queue.cancel()
    }

    /// Brings a picture; returns as soon as there is room for it behind.
    ///
    /// Its place in the folder is its name, with `.jpg` put behind where that is not its ending already. A name that has
    /// been written already in this run gets a number.
    ///
    /// - Parameter name: The picture's path below a root that all of them share.
    /// - Returns: `false` where there was no room and nobody waits: this drawing was dropped.
    /// - Throws: `CancellationError` when the task or the writing was cancelled.
    @discardableResult
    package func write(_ source: PictureBytes, as name: FilePath, _ annotation: Annotation) async throws -> Bool {
        try await work.queue.add(AnnotatedPicture(source: source, name: name, annotation: annotation))
    }

    /// Waits until every picture is written, or has failed and been reported.
    ///
    /// - Throws: `CancellationError` after a cancellation.
    package func finish() async throws {
        try await work.queue.finish()
    }

    /// Gives up what has not been begun.
    package func cancel() {
        work.queue.cancel()
    }

    /// How many pictures were written, dropped, and failed.
    package var report: (written: Int, dropped: Int, failed: Int) {
        let counts = work.counts
        return (counts.written, work.queue.droppedCount, counts.failed)
    }
}
