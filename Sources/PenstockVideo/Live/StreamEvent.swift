/// Something that happened to a live stream as a whole.
public struct StreamEvent: Hashable, Sendable {
    /// What happened.
    public var kind: Kind
    /// When, on the stream's own clock; `nil` before its first frame.
    public var time: Duration?
    /// How long nothing came, where something does again.
    public var gap: Duration?
    /// Why, for a person.
    public var message: String?

    /// What can happen.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The first frame came.
        case connected
        /// Nothing comes any more.
        case disconnected
        /// Frames come again.
        case reconnected
        /// The stream is over, and nothing more is expected.
        case ended
    }

    /// Makes an event.
    public init(_ kind: Kind, time: Duration? = nil, gap: Duration? = nil, message: String? = nil) {
        self.kind = kind
        self.time = time
        self.gap = gap
        self.message = message
    }
}
