internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// A frame on its way into a file.
struct WrittenFrame: Sendable {
    let frame: VideoFrame
    let annotation: Annotation?
}

/// What a video and its thread share.
final class VideoWork: Sendable {
    /// What the thread has to tell.
    struct Progress: Sendable {
        var written = 0
        var notes: [String] = []
        var file: (frames: Int, size: ImageSize, bytes: Int)?
    }

    let queue: BehindQueue<WrittenFrame>
    let progress = Mutex(Progress())

    init(queue: BehindQueue<WrittenFrame>) {
        self.queue = queue
    }

    /// Writes frames until there are no more; the body of the thread.
    func run(_ makeWriter: () -> VideoWriter) {
        // The writer is gone, and with it whatever was not finished, before anybody hears how it ended.
        queue.end(Result { try write(by: makeWriter()) })
    }

    private func write(by writer: VideoWriter) throws {
        while let next = queue.next() {
            try writer.add(next.frame, next.annotation)
            progress.withLock { $0.written += 1 }
        }
        if queue.isCancelled { throw CancellationError() }
        let file = try writer.finish()
        let notes = writer.notes
        progress.withLock { progress in
            progress.notes = notes
            progress.file = (progress.written, file.size, file.bytes)
        }
    }
}
