import Testing

@testable import PenstockFlow

@Suite struct MonotonicTimeTests {
    @Test func `durations beyond all measure count as the longest`() {
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
        #expect(Duration.seconds(Int64.min).nanoseconds == .min)
        #expect(Duration.milliseconds(-1500).nanoseconds == -1_500_000_000)
        let now = MonotonicTime(nanoseconds: 5)
        #expect((now + .seconds(Int64.max)).nanoseconds == .max)
        #expect((now + .nanoseconds(-7)).nanoseconds == -2)
    }
}
