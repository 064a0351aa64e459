import Testing

@testable import PenstockFlow

@Suite struct MonotonicTimeTests {
    @Test(arguments: [
        (Duration.zero, Int64(0)), (.nanoseconds(-7), -7), (.seconds(3), 3_000_000_000),
        (.nanoseconds(Int64.max), .max), (.seconds(20_000_000_000), .max), (.seconds(-20_000_000_000), .min),
        (.seconds(Int64.max), .max), (.seconds(Int64.min), .min),
    ]) func `counts nanoseconds up to the most there is`(duration: Duration, nanoseconds: Int64) {
        #expect(duration.nanoseconds == nanoseconds)
    }

    @Test func `reaches no further than its own end`() {
        let now = MonotonicTime(nanoseconds: 5)
        #expect(now + .nanoseconds(2) == MonotonicTime(nanoseconds: 7))
        #expect(now + .seconds(Int64.max) == MonotonicTime(nanoseconds: .max))
        #expect(MonotonicTime(nanoseconds: -5) + .seconds(Int64.min) == MonotonicTime(nanoseconds: .min))
    }
}
