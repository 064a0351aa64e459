/// Writes the times of cues: `01:02:03.450`, with as many digits of hours as it takes.
enum CueTime {
    /// The beginning and the end with `-->` between them, a millisecond apart at least, none before zero.
    static func span(from start: Duration, to end: Duration, separator: Character) -> String {
        let first = milliseconds(start)
        return text(first, separator) + " --> " + text(max(milliseconds(end), first + 1), separator)
    }

    private static func milliseconds(_ time: Duration) -> Int {
        // Far inside the range of Int: times of segments are within two hundred years.
        max(0, Int((time / .milliseconds(1)).rounded()))
    }

    private static func text(_ milliseconds: Int, _ separator: Character) -> String {
        let seconds = milliseconds / 1000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }.joined(separator: ":")
        return clock + String(separator) + padded(milliseconds % 1000, 3)
    }

    private static func padded(_ number: Int, _ digits: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
