internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// A frame on its way to be drawn on.
struct AnnotatedFrame: Sendable {
    let frame: VideoFrame
    let annotation: Annotation
}

/// What an annotated video and its thread share.
final class VideoWork: Sendable {
    /// What the thread has to tell.
    struct Progress: Sendable {
        var written = 0
        var notes: [String] = []
    }

    let queue: BehindQueue<AnnotatedFrame>
    let progress = Mutex(Progress())

    init(queue: BehindQueue<AnnotatedFrame>) {
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
        try writer.finish()
        let notes = writer.notes
        progress.withLock { $0.notes = notes }
    }
}
