internal import Glibc

/// When something came in: on the clock that only goes forward, and on the one that people read.
package struct Arrival: Hashable, Sendable {
    /// For measuring how long things take.
    package let monotonic: MonotonicTime
    /// Nanoseconds since 1970, for saying when it was.
    package let wallClock: Int64

    /// Makes an arrival.
    package init(monotonic: MonotonicTime, wallClock: Int64) {
        self.monotonic = monotonic
        self.wallClock = wallClock
    }

    /// The present, on both clocks.
    package static var now: Arrival {
        var time = timespec()
        // The clock exists on every Linux, and `time` is a local.
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Arrival(monotonic: .now, wallClock: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// The same for another moment on the clock that only goes forward, as far as the clocks agree.
    package func moved(to moment: MonotonicTime) -> Arrival {
        Arrival(monotonic: moment, wallClock: wallClock - (monotonic - moment).nanoseconds)
    }
}
