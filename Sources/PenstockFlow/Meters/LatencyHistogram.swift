internal import Synchronization

/// Counts durations in buckets that grow with them, so that percentiles cost the same memory however many there are.
///
/// A bucket is at most a 64th of its durations wide (1.6 %), and a percentile is the middle of its bucket; below 64 ns
/// and at the maximum it is exact. 30 kB for everything from a nanosecond to three hundred years.
package final class LatencyHistogram: Sendable {
    private struct State: Sendable {
        var counts = [UInt64](repeating: 0, count: LatencyHistogram.bucketCount)
        var count: UInt64 = 0
        var max: Int64 = 0
    }

    /// Buckets to each doubling of the duration, as a power of two.
    private static let precisionBits = 6
    private static let bucketCount = (64 - precisionBits) << precisionBits

    private let state = Mutex(State())

    /// Makes an empty histogram.
    package init() {}

    /// Counts a duration; one below zero counts as zero.
    package func record(_ duration: Duration) {
        let nanoseconds = Self.nanoseconds(duration)
        state.withLock { state in
            state.counts[Self.bucket(nanoseconds)] += 1
            state.count += 1
            state.max = Swift.max(state.max, nanoseconds)
        }
    }

    /// What has been counted so far; `nil` before there is anything.
    package var summary: LatencySummary? {
        let state = state.withLock { $0 }
        guard state.count > 0 else { return nil }
        func percentile(_ part: Double) -> Duration { .nanoseconds(Self.percentile(part, of: state)) }
        return LatencySummary(
            count: Int(state.count),
            p50: percentile(0.50),
            p95: percentile(0.95),
            p99: percentile(0.99),
            max: .nanoseconds(state.max)
        )
    }
}

/// How long things took, as most, nearly all and all but the worst of them.
public struct LatencySummary: Hashable, Sendable {
    /// How many there were.
    public let count: Int
    /// Half took no longer.
    public let p50: Duration
    /// 95 of 100 took no longer.
    public let p95: Duration
    /// 99 of 100 took no longer.
    public let p99: Duration
    /// The longest.
    public let max: Duration
}

// MARK: - Buckets

extension LatencyHistogram {
    private static func nanoseconds(_ duration: Duration) -> Int64 {
        // A duration beyond the range of nanoseconds counts as the longest there is.
        Swift.min(Swift.max(.zero, duration), .nanoseconds(Int64.max)).nanoseconds
    }

    /// Which bucket a number falls into: its leading bit gives the row, the next six the place in it.
    private static func bucket(_ value: Int64) -> Int {
        let row = max(0, 63 - value.leadingZeroBitCount - precisionBits)
        return row << precisionBits + Int(value >> row)
    }

    private static func middle(_ bucket: Int) -> Int64 {
        let row = max(0, bucket >> precisionBits - 1)
        let first = Int64(bucket - row << precisionBits) << row
        return first + (Int64(1) << row) / 2
    }

    /// The nearest rank: the least duration that the given part of all does not exceed.
    private static func percentile(_ part: Double, of state: State) -> Int64 {
        let rank = UInt64((part * Double(state.count)).rounded(.up))
        var seen: UInt64 = 0
        for (bucket, count) in state.counts.enumerated() where count > 0 {
            seen += count
            if seen >= rank { return min(middle(bucket), state.max) }
        }
        return state.max
    }
}
