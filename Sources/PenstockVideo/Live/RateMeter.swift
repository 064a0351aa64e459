internal import PenstockFlow

/// Measures a frame rate over true time: presentation times in a file, arrivals in a live stream.
///
/// Frames are counted by their numbers, so those that sampling leaves out count as well.
package struct RateMeter: Hashable, Sendable {
    private struct Mark: Hashable, Sendable {
        let frame: Int
        let time: Duration
    }

    /// How much of each stretch is left out at its beginning.
    private let warmUp: Duration
    private var began: Duration?
    private var first: Mark?
    private var last: Mark?
    /// What earlier stretches amount to.
    private var frames = 0
    private var span: Duration = .zero

    /// Makes a meter that has seen nothing.
    ///
    /// Servers often begin with a burst of what they had kept, which says nothing of the rate: `warmUp` leaves it out.
    package init(warmUp: Duration = .zero) {
        self.warmUp = warmUp
    }

    /// Notes a frame. A time that goes backwards begins a new stretch.
    package mutating func add(frame: Int, at time: Duration) {
        if let last, time < last.time || frame < last.frame { interrupt() }
        began = began ?? time
        guard let began, time - began >= warmUp else { return }
        first = first ?? Mark(frame: frame, time: time)
        last = Mark(frame: frame, time: time)
    }

    /// Leaves out the time from here to the next frame.
    package mutating func interrupt() {
        (frames, span) = (countedFrames, countedSpan)
        (began, first, last) = (nil, nil, nil)
    }

    /// What was measured, beside a claim.
    package func rate(claimed: Double?) -> DeliveredRate {
        let span = countedSpan
        let measured = span > .zero ? Double(countedFrames) / span.seconds : nil
        return DeliveredRate(claimed: claimed, measured: measured, span: span)
    }

    private var countedFrames: Int { frames + ((last?.frame ?? 0) - (first?.frame ?? 0)) }
    private var countedSpan: Duration { span + ((last?.time ?? .zero) - (first?.time ?? .zero)) }
}
