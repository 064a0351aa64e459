/// Something that happened to a live stream as a whole.
public struct StreamEvent: Hashable, Sendable {
    /// What can happen to a stream.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The first frame is here.
        case connected
        /// Frames have stopped coming: the connection broke, stalled, or could not be made.
        case disconnected
        /// Frames come again.
        case reconnected
        /// Nothing more will come.
        case ended
    }

    /// What happened.
    public var kind: Kind
    /// Where in the stream's own time: that of the frame before or after it; `nil` where there was none yet.
    public var time: Duration?
    /// Nanoseconds since 1970.
    public var wallClock: Int64
    /// How long no frame came; given when frames come again.
    public var gap: Duration?
    /// A sentence for a person.
    public var message: String

    /// Makes an event.
    public init(_ kind: Kind, time: Duration?, wallClock: Int64, gap: Duration? = nil, message: String) {
        self.kind = kind
        self.time = time
        self.wallClock = wallClock
        self.gap = gap
        self.message = message
    }
}
