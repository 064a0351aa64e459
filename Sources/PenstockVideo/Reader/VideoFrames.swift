public import PenstockCore

/// Frames of a video, decoded a few ahead on a thread of their own.
///
/// Leaving the loop stops the decoding. A frame that is damaged does not end the loop: it is passed over, and told to
/// the closure given to `onFailure`, if there is one. What ends the video before its time (a file cut short, a
/// connection that broke) is thrown behind the last frame.
public struct VideoFrames: AsyncSequence, Sendable {
    /// What the loop gets.
    public typealias Element = VideoFrame

    let location: VideoLocation
    let options: VideoOptions
    let framesAhead: Int
    private var failureHandler: (@Sendable (FrameMoment, PenstockError) throws -> Void)?

    init(location: VideoLocation, options: VideoOptions, framesAhead: Int) {
        self.location = location
        self.options = options
        self.framesAhead = framesAhead
    }

    /// Calls `body` for each frame that cannot be decoded, between the frames around it; what it throws ends the loop.
    public func onFailure(_ body: @escaping @Sendable (FrameMoment, PenstockError) throws -> Void) -> VideoFrames {
        var frames = self
        frames.failureHandler = body
        return frames
    }

    /// Throws the first failure.
    func throwingFailures() -> VideoFrames {
        onFailure { _, error in throw error }
    }

    /// Starts the decoding.
    public func makeAsyncIterator() -> Iterator {
        Iterator(FramesAhead(self), failureHandler)
    }

    /// Waits for frame after frame.
    public struct Iterator: AsyncIteratorProtocol {
        private let frames: FramesAhead
        private let failureHandler: (@Sendable (FrameMoment, PenstockError) throws -> Void)?

        fileprivate init(
            _ frames: FramesAhead,
            _ failureHandler: (@Sendable (FrameMoment, PenstockError) throws -> Void)?
        ) {
            self.frames = frames
            self.failureHandler = failureHandler
        }

        /// The next frame; `nil` at the end.
        ///
        /// - Throws: A `PenstockError` when the video cannot be opened or read on; `CancellationError` when the task is
        ///   cancelled.
        public mutating func next() async throws -> VideoFrame? {
            while let element = try await frames.next() {
                switch element {
                case .frame(let frame): return frame
                case .failure(let moment?, let error): try failureHandler?(moment, error)
                case .failure(nil, let error): throw error
                }
            }
            return nil
        }
    }
}
