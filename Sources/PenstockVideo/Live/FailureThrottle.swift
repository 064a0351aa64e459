internal import PenstockFlow

/// Lets some failures a second through and counts the rest: a stream that is garbage fails thousands of times a second.
struct FailureThrottle: Sendable {
    private let limit: Int
    private let interval: Duration
    private var began: MonotonicTime?
    private var given = 0
    private var held = 0

    init(limit: Int = 5, interval: Duration = .seconds(1)) {
        self.limit = limit
        self.interval = interval
    }

    /// Whether a failure goes through now; if not, it is counted.
    mutating func admits(at now: MonotonicTime) -> Bool {
        if isOver(at: now) { (began, given) = (now, 0) }
        guard given < limit else {
            held += 1
            return false
        }
        given += 1
        return true
    }

    /// How many were counted and not told yet; `nil` for none, or while more of them may come.
    mutating func takeHeld(at now: MonotonicTime?) -> Int? {
        guard held > 0, now.map({ isOver(at: $0) }) ?? true else { return nil }
        defer { held = 0 }
        return held
    }

    private func isOver(at now: MonotonicTime) -> Bool {
        began.map { now - $0 >= interval } ?? true
    }
}
