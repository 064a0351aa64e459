internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// The decoding of one loop's frames; letting go of it ends the decoding.
final class FramesAhead: Sendable {
    private let buffer: ElementBuffer
    private let stopping = CancellationFlag()

    init(_ frames: VideoFrames) {
        let buffer = ElementBuffer(limit: frames.framesAhead)
        self.buffer = buffer
        let (location, options, stopping) = (frames.location, frames.options, stopping)
        do throws(PenstockError) {
            try DedicatedThread.start {
                Self.decode(location, options, stopping, into: buffer)
            }
        } catch {
            buffer.finish(error)
        }
    }

    deinit {
        stop()
    }

    /// The next element; `nil` at the end.
    func next() async throws -> VideoElement? {
        try Task.checkCancellation()
        let element = try await withTaskCancellationHandler {
            try await buffer.next()
        } onCancel: {
            stop()
        }
        try Task.checkCancellation()
        return element
    }

    private func stop() {
        stopping.raise()
        buffer.close()
    }

    private static func decode(
        _ location: VideoLocation,
        _ options: VideoOptions,
        _ stopping: CancellationFlag,
        into buffer: ElementBuffer
    ) {
        // The buffer bounds how far decoding runs ahead. Frames that a user keeps are his own: a bound on those would
        // stop his loop for ever.
        let pool = FramePool(limit: .max)
        do throws(PenstockError) {
            let input = try VideoInput(location, options: options, pool: pool, stopping: stopping)
            while let element = input.next(), buffer.append(element) {}
            buffer.finish(nil)
        } catch {
            buffer.finish(error)
        }
    }
}
