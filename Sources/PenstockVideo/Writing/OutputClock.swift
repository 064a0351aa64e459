internal import PenstockCore
internal import PenstockFlow

/// Gives each written frame its time, counted from the first one: the source's own, as long as that makes sense.
struct OutputClock {
    /// When a frame is shown and for how long, in ticks.
    struct Place: Hashable {
        var time: Int64
        var duration: Int64
    }

    /// Ticks in a second: a whole number of them for every usual frame rate.
    static let ticksPerSecond: Int64 = 90_000
    /// Longer silences between two frames are taken for a mistake; the file format counts them in 32 bits.
    private static let longestGap = 6 * 3600 * ticksPerSecond
    /// A step back of less than this is a frame out of place, and the times after it are right again.
    private static let smallStepBack = ticksPerSecond
    private static let usualDuration = ticksPerSecond / 25

    /// The source's time of the first frame; `nil` before it.
    private(set) var zero: Duration?
    /// Whether a frame carried no time.
    private(set) var hasFilledIn = false
    /// Whether a frame's time did not follow the one before.
    private(set) var hasStraightened = false
    private var last: Place?
    /// What is added to the source's times since they jumped.
    private var shift: Int64 = 0

    /// The place of the next frame.
    mutating func place(_ moment: FrameMoment) -> Place {
        let place = Place(time: time(of: moment), duration: duration(of: moment))
        last = place
        return place
    }

    private mutating func time(of moment: FrameMoment) -> Int64 {
        guard let time = moment.time, Self.sensible.contains(time) else {
            hasFilledIn = true
            return next
        }
        guard let zero, let last else {
            // Frames before it had no times: they end where this one begins.
            zero = time
            shift = next
            return next
        }
        let wanted = Self.ticks(time - zero) + shift
        let step = wanted - last.time
        if (1...Self.longestGap).contains(step) { return wanted }
        hasStraightened = true
        if step <= 0, step > -Self.smallStepBack { return last.time + 1 }
        shift += next - wanted
        return next
    }

    /// Where a frame stands that follows the last one at once.
    private var next: Int64 { last.map { $0.time + $0.duration } ?? 0 }

    private func duration(of moment: FrameMoment) -> Int64 {
        let stated = moment.duration.flatMap { Self.sensible.contains($0) ? Self.ticks($0) : nil } ?? 0
        guard (1...Self.longestGap).contains(stated) else { return last?.duration ?? Self.usualDuration }
        return stated
    }

    /// A duration in ticks, rounded to the nearest.
    private static func ticks(_ duration: Duration) -> Int64 {
        let (seconds, fraction) = duration.components
        return seconds * ticksPerSecond + Int64((Double(fraction) / 1e18 * Double(ticksPerSecond)).rounded())
    }

    /// Times that a video can have; ticks of any of them are far from overflowing.
    private static let sensible = Duration.seconds(-1_000_000_000_000) ... .seconds(1_000_000_000_000)
}
