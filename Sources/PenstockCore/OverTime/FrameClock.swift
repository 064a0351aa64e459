/// Says when each frame of one source begins and for how long it is shown, also where the stream says only half of that.
///
/// A frame without a time follows the one before it. Where neither times nor durations are known there is no telling,
/// and nothing is guessed from a nominal rate.
struct FrameClock: Sendable {
    /// When a frame is shown.
    struct Place: Hashable, Sendable {
        /// When it begins.
        let start: Duration
        /// How long it is shown, by its own account or else as long as the one before it; `nil` where nobody knows.
        let length: Duration?
        /// From the beginning of the frame before to this one's; `nil` for the first.
        let step: Duration?

        /// When it ends, if nothing replaces it before.
        var end: Duration { start + (length ?? .zero) }
    }

    /// A hundred years: a time beyond that is damage.
    private static let horizon = Duration.seconds(3_155_760_000)

    private(set) var last: Place?

    /// The next frame's place; `nil` where it cannot be known.
    mutating func place(time: Duration?, duration: Duration?) -> Place? {
        let shown = Self.plausible(duration).flatMap { $0 > .zero ? $0 : nil }
        guard let start = Self.plausible(time) ?? following(shown) else { return nil }
        let step = last.flatMap { start > $0.start ? start - $0.start : $0.step }
        let place = Place(start: start, length: shown ?? step, step: step)
        last = place
        return place
    }

    private func following(_ shown: Duration?) -> Duration? {
        guard let last else { return shown == nil ? nil : .zero }
        return last.length == nil ? nil : Self.plausible(last.end)
    }

    private static func plausible(_ duration: Duration?) -> Duration? {
        duration.flatMap { (.zero - horizon...horizon).contains($0) ? $0 : nil }
    }
}

extension Duration {
    /// The duration as a number of seconds.
    var asSeconds: Double { self / .seconds(1) }
}
