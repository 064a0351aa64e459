internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// What a live capture reads from; a `VideoInput`, but for tests.
protocol LiveInput {
    /// The frame rate that the stream claims.
    var claimedRate: Double? { get }

    /// When the last bytes came in.
    var lastArrival: MonotonicTime { get }

    /// The next frame or failure; `nil` once the connection is over. A failure right before that says why.
    func next() -> VideoElement?
}

extension VideoInput: LiveInput {
    var claimedRate: Double? { description.claimedRate }
}

/// Connects to a live source.
typealias LiveInputOpener =
    @Sendable (VideoLocation, VideoOptions, FramePool, CancellationFlag) throws(PenstockError) -> any LiveInput
