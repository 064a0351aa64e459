/// What came of a live stream so far.
public struct StreamReport: Hashable, Sendable {
    /// Frames that were decoded.
    public var decoded = 0
    /// Frames, or stretches of the stream, that could not be had.
    public var failed = 0
    /// Decoded frames that were given up before the model saw them.
    public var dropped = 0
    /// How often frames stopped coming after they had begun.
    public var gaps = 0
    /// How long they stayed away, all together.
    public var gapTime: Duration = .zero
    /// The frame rate, as claimed and as measured while frames came.
    public var rate = DeliveredRate()

    /// Reports on a stream of which nothing has come.
    public init() {}

    /// Everything that came in: decoded or failed.
    public var captured: Int { decoded + failed }
}
