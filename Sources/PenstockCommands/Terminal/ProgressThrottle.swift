package import PenstockFlow

/// Decides when progress is worth showing, and keeps the rate: a value, told the time, with no clock of its own.
package struct ProgressThrottle: Hashable, Sendable {
    private let interval: Duration
    private let start: MonotonicTime
    private var lastShown: MonotonicTime
    private var lastFinished = 0
    private var rate: Double?

    /// Makes a throttle that shows something at most once in an interval, and nothing before the first has passed.
    package init(interval: Duration, start: MonotonicTime) {
        self.interval = interval
        self.start = start
        lastShown = start
    }

    /// What to show now; `nil` when it is too early.
    package mutating func update(done: Int, failed: Int, total: Int?, at now: MonotonicTime) -> ProgressState? {
        let elapsed = now - lastShown
        guard elapsed >= interval else { return nil }
        measure(done + failed, over: elapsed.seconds)
        lastShown = now
        return ProgressState(
            done: done,
            failed: failed,
            total: total,
            rate: rate ?? 0,
            seconds: (now - start).seconds
        )
    }

    /// Moves the rate towards the latest one, the more so the longer it was measured.
    private mutating func measure(_ finished: Int, over seconds: Double) {
        defer { lastFinished = finished }
        guard seconds > 0 else { return }
        let latest = Double(finished - lastFinished) / seconds
        let weight = seconds / (seconds + Self.memory)
        // Before the first item there is only warming up, which says nothing about the rate.
        rate = rate.map { $0 + (latest - $0) * weight } ?? (finished > 0 ? latest : nil)
    }

    /// The seconds after which half of an old rate is forgotten, roughly.
    private static let memory = 3.0
}
