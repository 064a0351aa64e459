internal import CFFmpeg

/// Turns a stream's ticks into time, without going through a rate or a floating-point number.
struct StreamClock: Hashable, Sendable {
    /// A tick lasts `numerator / denominator` seconds.
    let numerator: Int64
    /// See `numerator`; above zero.
    let denominator: Int64
    /// The time that the beginning of the file has.
    let start: Duration

    /// Makes a clock; a tick of no length is taken for a microsecond.
    init(numerator: Int32, denominator: Int32, start: Duration = .zero) {
        let isSound = numerator > 0 && denominator > 0
        self.numerator = isSound ? Int64(numerator) : 1
        self.denominator = isSound ? Int64(denominator) : 1_000_000
        self.start = start
    }

    /// How many ticks make a second, at least one.
    var ticksPerSecond: Int64 { max(1, denominator / numerator) }

    /// The time as the container says it.
    func time(_ ticks: Int64) -> Duration {
        Self.time(ticks, numerator, denominator)
    }

    /// The time counted from the beginning of the file.
    func sinceStart(_ ticks: Int64) -> Duration {
        time(ticks) - start
    }

    /// How long so many ticks last; `nil` where they last nothing.
    func duration(_ ticks: Int64) -> Duration? {
        ticks > 0 ? time(ticks) : nil
    }

    /// The first tick at or after a time counted from the beginning of the file, within the range of ticks.
    func ticks(sinceStart time: Duration) -> Int64 {
        let scaled = (time + start).attoseconds
        let unit = Int128(numerator) * Self.attosecondsPerSecond
        let (product, overflow) = scaled.multipliedReportingOverflow(by: Int128(denominator))
        if overflow { return scaled < 0 ? .min : .max }
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: unit)
        return Int64(clamping: remainder > 0 ? quotient + 1 : quotient)
    }

    private static let attosecondsPerSecond: Int128 = 1_000_000_000_000_000_000

    private static func time(_ ticks: Int64, _ numerator: Int64, _ denominator: Int64) -> Duration {
        // 63 bits of ticks, 31 of the numerator and 60 of the unit are more than there is room for: seconds first.
        let (seconds, rest) = (Int128(ticks) * Int128(numerator)).quotientAndRemainder(dividingBy: Int128(denominator))
        let fraction = rest * attosecondsPerSecond / Int128(denominator)
        return .seconds(Int64(clamping: seconds)) + Duration(attoseconds: fraction)
    }
}
