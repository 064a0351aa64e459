/// How far a job has come.
package struct ProgressState: Hashable, Sendable {
    /// Items that ended in a result.
    package var done: Int
    /// Items that ended in an error.
    package var failed: Int
    /// How many there are in all; `nil` while that is not known.
    package var total: Int?
    /// Items a second, lately.
    package var rate: Double
    /// Since the start.
    package var seconds: Double

    /// Makes a state.
    package init(done: Int = 0, failed: Int = 0, total: Int? = nil, rate: Double = 0, seconds: Double = 0) {
        self.done = done
        self.failed = failed
        self.total = total
        self.rate = rate
        self.seconds = seconds
    }

    /// Items that have ended, one way or the other.
    package var finished: Int { done + failed }
}

/// Puts progress into a line.
package enum ProgressLine {
    /// The line, in at most `width` columns: what matters least goes first when room is short.
    package static func text(_ state: ProgressState, width: Int) -> String {
        var parts = [count(state), failures(state), TimeText.rate(state.rate), time(state)].compactMap { $0 }
        let withBar = (bar(state).map { [$0] } ?? []) + parts
        let line = joined(withBar)
        if DisplayWidth.of(line) <= width { return line }
        while parts.count > 1, DisplayWidth.of(joined(parts)) > width { parts.removeLast() }
        return DisplayWidth.shorten(joined(parts), width, cutting: .end)
    }

    private static func joined(_ parts: [String]) -> String { parts.joined(separator: "  ") }

    private static func count(_ state: ProgressState) -> String {
        guard let total = state.total else { return "\(state.finished) pictures" }
        return "\(state.finished)/\(max(total, state.finished))"
    }

    private static func failures(_ state: ProgressState) -> String? {
        state.failed > 0 ? "\(state.failed) failed" : nil
    }

    private static func time(_ state: ProgressState) -> String {
        guard let total = state.total, state.rate > 0, total > state.finished else {
            return TimeText.span(state.seconds)
        }
        return TimeText.span(Double(total - state.finished) / state.rate) + " left"
    }

    private static func bar(_ state: ProgressState) -> String? {
        guard let total = state.total, total > 0 else { return nil }
        let share = min(1, Double(state.finished) / Double(total))
        return Bar.text(share, width: 20, empty: "░") + " " + DecimalText.fixed((share * 100).rounded(.down), 0) + " %"
    }
}

/// Draws a share as a bar in eighths of a column.
package enum Bar {
    /// A bar of exactly `width` columns, filled up with `empty`.
    package static func text(_ share: Double, width: Int, empty: Character = " ") -> String {
        let bounded = share.isFinite ? min(max(share, 0), 1) : 0
        let eighths = Int((bounded * Double(width * 8)).rounded())
        let full = String(repeating: "█", count: eighths / 8)
        let rest = eighths % 8 == 0 ? "" : String(parts[eighths % 8 - 1])
        return full + rest + String(repeating: empty, count: width - full.count - rest.count)
    }

    private static let parts: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
