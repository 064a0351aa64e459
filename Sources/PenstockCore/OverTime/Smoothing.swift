/// How scores are evened out over the time of a video.
public struct Smoothing: Hashable, Sendable {
    /// How much each moment of the past counts.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The past fades: what is older by `span` counts e times less.
        case exponential
        /// The last `span` counts evenly, each frame for as long as it was shown, and nothing before it.
        case window
    }

    /// How much each moment of the past counts.
    public var kind: Kind
    /// How far the past reaches. Nothing is smoothed where it is not above zero.
    public var span: Duration

    /// Describes a way of smoothing.
    public init(_ kind: Kind = .exponential, span: Duration) {
        self.kind = kind
        self.span = span
    }
}
