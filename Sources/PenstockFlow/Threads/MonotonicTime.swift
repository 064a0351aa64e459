internal import Glibc

/// A moment on the clock that only ever goes forward.
///
/// A plain number, so that state machines take the time as an argument and tests choose it.
package struct MonotonicTime: Hashable, Comparable, Sendable {
    /// Nanoseconds since some fixed moment of this boot.
    package let nanoseconds: Int64

    /// Makes a moment.
    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The present.
    package static var now: MonotonicTime {
        var time = timespec()
        // The clock exists on every Linux, and `time` is a local.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    package static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, isBeyond) = time.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        return MonotonicTime(nanoseconds: isBeyond ? (duration < .zero ? .min : .max) : sum)
    }

    package static func - (later: MonotonicTime, earlier: MonotonicTime) -> Duration {
        .nanoseconds(later.nanoseconds - earlier.nanoseconds)
    }
}

extension Duration {
    /// The whole duration in nanoseconds; one that is longer than 292 years, as broken files have them, counts as that.
    package var nanoseconds: Int64 {
        Int64(clamping: attoseconds / 1_000_000_000)
    }

    /// The whole duration in seconds.
    package var seconds: Double { Double(nanoseconds) / 1e9 }
}
