internal import CFFmpeg
internal import PenstockCore

/// Brings the times of frames into the one unit in which they go through filters, and back.
struct FilterClock {
    /// Where a frame goes in.
    struct Place: Hashable {
        var time: Int64
        var duration: Int64?
        /// Whether the frame does not belong to those before it: filters would fill in hours, or wait for them.
        var beginsAnew: Bool
    }

    /// Ticks in a second: a whole number of them for every usual frame rate and unit of time.
    static let ticksPerSecond: Int32 = 705_600_000
    static let timeBase = AVRational(num: 1, den: ticksPerSecond)
    private static let clock = StreamClock(numerator: 1, denominator: ticksPerSecond)
    /// What no film has between two frames.
    private static let longestGap = 6 * 3600 * Int64(ticksPerSecond)
    /// A step back of less than this is a frame out of place.
    private static let smallStepBack = Int64(ticksPerSecond)
    private static let usualDuration = Int64(ticksPerSecond) / 25
    /// Filters may double times, and must not run out of bits.
    private static let sensible = Duration.seconds(-4_000_000_000) ... .seconds(4_000_000_000)

    /// Whether the source tells times at all.
    private(set) var hasTimes = false
    private var last: Place?
    /// What the last frame is taken to last if it does not say.
    private var gap = usualDuration

    /// The place of the next frame.
    mutating func place(_ moment: FrameMoment) -> Place {
        let duration = moment.duration.flatMap { Self.sensible.contains($0) ? Self.ticks($0) : nil }
        var place = Place(time: end, duration: duration.flatMap { $0 > 0 ? $0 : nil }, beginsAnew: last == nil)
        if let time = moment.time, Self.sensible.contains(time) {
            place.time = Self.ticks(time)
            hasTimes = true
            settle(&place)
        }
        last = place
        return place
    }

    /// When the last frame ends.
    var end: Int64 { last.map { $0.time + min($0.duration ?? gap, Self.longestGap) } ?? 0 }

    private mutating func settle(_ place: inout Place) {
        guard let last else { return }
        let step = place.time - last.time
        if step <= 0, step > -Self.smallStepBack {
            place.time = last.time + 1
        } else {
            place.beginsAnew = step <= 0 || step > Self.longestGap
            if !place.beginsAnew { gap = step }
        }
    }

    /// The time of so many ticks.
    static func time(_ ticks: Int64) -> Duration { clock.time(ticks) }

    /// How long a frame is shown that another follows; `nil` where that cannot be told by their times.
    static func duration(from time: Int64, to next: Int64) -> Duration? {
        let (gap, overflows) = next.subtractingReportingOverflow(time)
        return !overflows && (1...longestGap).contains(gap) ? clock.time(gap) : nil
    }

    /// How many such frames there are in a second, for filters that ask; `nil` where that makes no sense.
    static func rate(of place: Place) -> AVRational? {
        guard let duration = place.duration, duration >= Int64(ticksPerSecond) / 1000 else { return nil }
        var rate = AVRational()
        // The call fills two numbers.
        _ = unsafe av_reduce(&rate.num, &rate.den, Int64(ticksPerSecond), duration, 1_001_000)
        return rate.num > 0 && rate.den > 0 ? rate : nil
    }

    private static func ticks(_ duration: Duration) -> Int64 {
        let unit: Int128 = 1_000_000_000_000_000_000
        let product = duration.attoseconds * Int128(ticksPerSecond)
        return Int64((product + (product < 0 ? -unit / 2 : unit / 2)) / unit)
    }
}
