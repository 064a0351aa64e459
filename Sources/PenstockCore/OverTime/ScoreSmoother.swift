/// Evens out the scores of one source over true time, so that the result does not depend on the frame rate.
///
/// The first frame is taken as it is. So is one from before the last, or after a silence of more than three spans: the
/// scene is another by then. A frame without a time follows the one before it by that one's duration; where the stream
/// has neither times nor durations, scores pass unchanged. A score that is not a finite number counts as 0.
public struct ScoreSmoother: Sendable {
    /// A silence of more spans than these ends the past.
    static let longestSilenceInSpans = 3

    /// How the scores are evened out.
    public let smoothing: Smoothing

    private var clock = FrameClock()
    private var exponential = ExponentialSmoother()
    private var window = WindowSmoother()

    /// Makes a smoother for one source.
    public init(_ smoothing: Smoothing) {
        self.smoothing = smoothing
    }

    /// Replaces the scores of every class by smoothed ones.
    ///
    /// - Parameters:
    ///   - scores: One score a class, always of the same classes.
    ///   - time: When the frame is shown.
    ///   - duration: How long it is shown.
    public mutating func smooth(_ scores: inout [Float], at time: Duration?, duration: Duration?) {
        let previous = clock.last
        guard smoothing.span > .zero, let place = clock.place(time: time, duration: duration) else { return }
        if let previous, isBreak(from: previous, to: place) { reset() }
        for index in scores.indices where !scores[index].isFinite { scores[index] = 0 }
        switch smoothing.kind {
        case .exponential:
            let elapsed = previous.map { place.start - $0.start } ?? .zero
            exponential.smooth(&scores, elapsed: elapsed, span: smoothing.span)
        case .window:
            window.smooth(&scores, at: place, span: smoothing.span)
        }
    }

    private func isBreak(from previous: FrameClock.Place, to place: FrameClock.Place) -> Bool {
        place.start < previous.start || place.start - previous.end > smoothing.span * Self.longestSilenceInSpans
    }

    private mutating func reset() {
        exponential.reset()
        window.reset()
    }
}
