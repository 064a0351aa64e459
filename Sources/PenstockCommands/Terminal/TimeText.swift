internal import PenstockFlow

/// Writes spans of time and rates for people.
package enum TimeText {
    /// A span in the two units that matter: `0.42 s`, `12 s`, `3 min 05 s`, `2 h 07 min`, `4 d 03 h`.
    package static func span(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "?" }
        if seconds < 9.95 { return DecimalText.fixed(seconds, seconds < 0.9995 ? 2 : 1) + " s" }
        let whole = Int(seconds.rounded())
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min \(twoDigits(whole % 60)) s"
        case ..<86400: return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
        default: return "\(whole / 86400) d \(twoDigits(whole / 3600 % 24)) h"
        }
    }

    /// A rate in three digits: `1235/s`, `68.0/s`, `3.21/s`.
    package static func rate(_ perSecond: Double) -> String {
        guard perSecond.isFinite, perSecond >= 0, perSecond < 1e12 else { return "?/s" }
        let digits = perSecond < 9.995 ? 2 : perSecond < 99.95 ? 1 : 0
        return DecimalText.fixed(perSecond, digits) + "/s"
    }

    /// A span as plain seconds, in microseconds at most: `0.4`, `12.033333`.
    package static func seconds(_ duration: Duration) -> String {
        let half: Int128 = duration < .zero ? -500_000_000_000 : 500_000_000_000
        // In full width: a damaged file's times can be beyond any count of nanoseconds.
        let microseconds = (duration.attoseconds + half) / 1_000_000_000_000
        let sign = microseconds < 0 ? "-" : ""
        let (whole, rest) = microseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        guard rest > 0 else { return "\(sign)\(whole)" }
        let digits = String(rest)
        let padded = String(repeating: "0", count: 6 - digits.count) + digits
        return "\(sign)\(whole)." + String(padded.reversed().drop { $0 == "0" }.reversed())
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

/// Writes numbers with a fixed count of decimals.
package enum DecimalText {
    /// `3.14159` in two decimals is `3.14`; `?` for what is no number.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        let power = (0..<decimals).reduce(1) { result, _ in result * 10 }
        let scaled = (value.magnitude * Double(power)).rounded()
        guard scaled < 9e15 else { return "?" }
        let whole = Int(scaled)
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(whole)" }
        let fraction = String(whole % power)
        return "\(sign)\(whole / power)." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
}
