import Testing

@testable import PenstockVideo

@Suite struct StreamClockTests {
    @Test func `ticks become times without rounding where they can`() {
        let clock = StreamClock(numerator: 1, denominator: 90_000)
        #expect(clock.time(90_000) == .seconds(1))
        #expect(clock.time(-45_000) == .milliseconds(-500))
        #expect(StreamClock(numerator: 1001, denominator: 30_000).time(30) == .milliseconds(1001))
    }

    @Test func `a third of a second reaches a mark made of thirds`() {
        let clock = StreamClock(numerator: 1, denominator: 15_360)
        let third = Duration.seconds(1) / 3
        for count in 1...30 {
            #expect(clock.time(Int64(5120 * count)) >= third * count)
        }
    }

    @Test func `times become the first tick that is not before them`() {
        let clock = StreamClock(numerator: 1, denominator: 25, start: .seconds(2))
        #expect(clock.ticks(sinceStart: .zero) == 50)
        #expect(clock.ticks(sinceStart: .milliseconds(1)) == 51)
        #expect(clock.sinceStart(75) == .seconds(1))
        #expect(clock.ticks(sinceStart: .seconds(Int64.max)) > 1 << 60)
    }

    @Test func `absurd clocks and ticks do no harm`() {
        let clock = StreamClock(numerator: 0, denominator: 0)
        #expect(clock.time(1_000_000) == .seconds(1))
        #expect(StreamClock(numerator: .max, denominator: 1).time(.max) > .seconds(1 << 60))
        #expect(StreamClock(numerator: .max, denominator: 1).time(.min + 1) < .zero)
    }
}
