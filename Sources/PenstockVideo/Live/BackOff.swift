/// How long to wait before each attempt at something that keeps failing: twice as long each time, up to a limit.
struct BackOff: Hashable, Sendable {
    /// The first wait, before jitter.
    let first: Duration
    /// The longest wait.
    let limit: Duration
    private var upcoming: Duration

    init(first: Duration = .milliseconds(250), limit: Duration = .seconds(10)) {
        self.first = first
        self.limit = limit
        upcoming = min(first, limit)
    }

    /// The next wait: a quarter more or less, so that many that lost one server do not come back as one.
    mutating func next(using generator: inout some RandomNumberGenerator) -> Duration {
        defer { upcoming = min(upcoming * 2, limit) }
        return min(upcoming * Double.random(in: 0.75...1.25, using: &generator), limit)
    }

    /// Starts again from the first wait.
    mutating func reset() {
        upcoming = min(first, limit)
    }
}
