internal import Glibc

/// Writes moments of the wall clock.
package enum ClockText {
    /// A moment in nanoseconds since 1970 as RFC 3339 has it, in UTC: `2026-03-01T12:30:05.123Z`.
    package static func utc(_ nanoseconds: Int64) -> String {
        var seconds = time_t(nanoseconds / 1_000_000_000)
        var parts = tm()
        // Both are locals, and the call keeps neither.
        unsafe gmtime_r(&seconds, &parts)
        let date = "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        let time = "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
        return "\(date)T\(time).\(padded(Int32(nanoseconds % 1_000_000_000 / 1_000_000), 3))Z"
    }

    private static func padded(_ value: Int32, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
