package import PenstockCore
package import PenstockFlow

/// What comes from a live source.
package enum LiveElement: Sendable {
    /// A frame.
    case frame(LiveFrame)
    /// A frame, or a stretch of the stream, that could not be had: where it would have been, and why.
    case failure(FrameMoment?, PenstockError, Arrival)
    /// Something that happened to the stream as a whole.
    case event(StreamEvent)

    /// When it came in; an event has its own account of that.
    package var arrival: Arrival? {
        switch self {
        case .frame(let frame): frame.arrival
        case .failure(_, _, let arrival): arrival
        case .event: nil
        }
    }

    /// Whether nobody misses it much: there will be another frame, but no other event.
    package var mayBeDropped: Bool {
        if case .frame = self { true } else { false }
    }
}

/// A frame of a live source, with its place in a stream that may have broken and come again.
package struct LiveFrame: Hashable, Sendable {
    /// The frame. Its own `moment` counts from the beginning of the connection that it came by.
    package let frame: VideoFrame
    /// Where it stands in the stream as a whole: numbers and times go on over a break.
    package let moment: FrameMoment
    /// When it came in.
    package let arrival: Arrival
}
