import PenstockCommands
import PenstockFlow
import Testing

@Suite struct ProgressLineTests {
    private let known = ProgressState(done: 240, failed: 2, total: 600, rate: 68.04, seconds: 3.5)

    @Test func showsEverythingWhereThereIsRoom() {
        #expect(
            ProgressLine.text(known, width: 100) == "████████▏░░░░░░░░░░░ 40 %  242/600  2 failed  68.0/s  5.3 s left"
        )
    }

    @Test func showsTimeGoneWhereTheTotalIsUnknown() {
        let unknown = ProgressState(done: 240, rate: 1234.5, seconds: 83)
        #expect(ProgressLine.text(unknown, width: 100) == "240 pictures  1235/s  1 min 23 s")
    }

    @Test(arguments: 0...80) func keepsTheWidth(_ width: Int) {
        #expect(DisplayWidth.of(ProgressLine.text(known, width: width)) <= width)
    }

    @Test func survivesATotalThatWasTooLow() {
        let state = ProgressState(done: 9, total: 5, rate: 1, seconds: 9)
        #expect(ProgressLine.text(state, width: 80) == "████████████████████ 100 %  9/9  1.00/s  9.0 s")
    }

    @Test func neverClaimsToBeDoneEarly() {
        let state = ProgressState(done: 9_999, total: 10_000, rate: 1, seconds: 9)
        #expect(ProgressLine.text(state, width: 80).contains(" 99 %"))
    }

    @Test(arguments: [
        (0.0, "    "), (1.0, "████"), (0.5, "██  "), (0.53, "██▏ "), (2, "████"), (-1, "    "), (.nan, "    "),
    ])
    func drawsBars(_ share: Double, _ bar: String) {
        #expect(Bar.text(share, width: 4) == bar)
    }
}

@Suite struct ProgressThrottleTests {
    private func time(_ milliseconds: Int64) -> MonotonicTime { MonotonicTime(nanoseconds: milliseconds * 1_000_000) }

    @Test func showsAtMostTenTimesASecond() {
        var throttle = ProgressThrottle(interval: .milliseconds(100), start: time(0))
        let shown = (0..<1000).filter { throttle.update(done: $0, failed: 0, total: nil, at: time(Int64($0))) != nil }
        #expect(shown == Array(stride(from: 100, to: 1000, by: 100)))
    }

    @Test func measuresTheRateFromTheFirstItemOn() {
        var throttle = ProgressThrottle(interval: .milliseconds(100), start: time(0))
        #expect(throttle.update(done: 0, failed: 0, total: 9, at: time(5000))?.rate == 0)
        let state = throttle.update(done: 4, failed: 1, total: 9, at: time(5100))
        #expect(abs((state?.rate ?? 0) - 50) < 1e-9)
        #expect(state?.seconds == 5.1)
    }

    @Test func followsARateThatChanges() {
        var throttle = ProgressThrottle(interval: .milliseconds(100), start: time(0))
        var last = 0.0
        for step in 1...400 {
            let done = step <= 200 ? step * 10 : 2000 + (step - 200)
            last = throttle.update(done: done, failed: 0, total: nil, at: time(Int64(step) * 100))?.rate ?? last
        }
        #expect(last > 10 && last < 11)
    }
}

@Suite struct ProgressReporterTests {
    @Test(arguments: [
        (ProgressMode.auto, true, false, ProgressStyle.redrawn), (.auto, true, true, .hidden),
        (.auto, false, false, .hidden), (.always, false, false, .lines), (.always, true, true, .redrawn),
        (.never, true, false, .hidden),
    ])
    func choosesAStyle(_ mode: ProgressMode, _ isTerminal: Bool, _ resultsToo: Bool, _ style: ProgressStyle) {
        var environment = TestEnvironment().environment()
        environment.standardErrorIsTerminal = isTerminal
        #expect(ProgressStyle(mode, in: environment, resultsOnTerminal: resultsToo) == style)
    }

    @Test func writesNothingOnAPipe() {
        let streams = TestEnvironment()
        let reporter = ProgressReporter(.hidden, in: streams.environment())
        reporter.update(done: 1, failed: 0)
        reporter.clear()
        #expect(streams.error.text.isEmpty)
    }

    @Test func clearsTheLineThatItDrew() {
        let streams = TestEnvironment()
        let reporter = ProgressReporter(.redrawn, in: streams.environment(), interval: .zero)
        reporter.update(done: 1, failed: 0, total: 2)
        reporter.clear()
        reporter.clear()
        #expect(streams.error.text.hasPrefix("\r\u{1B}[K"))
        #expect(streams.error.text.hasSuffix("\r\u{1B}[K"))
        #expect(streams.error.text.split(separator: "\u{1B}").count == 3)
        #expect(streams.output.text.isEmpty)
    }
}

@Suite struct TimeSpanTests {
    @Test(arguments: [
        (Duration.zero, "0"), (.milliseconds(400), "0.4"), (.seconds(12), "12"), (.nanoseconds(33_366_667), "0.033367"),
        (.nanoseconds(1_999_999_600), "2"), (.milliseconds(-40), "-0.04"), (.nanoseconds(-400), "0"),
        (.seconds(20_000_000_000), "20000000000"), (.seconds(Int64.max), "9223372036854775807"),
        (.seconds(Int64.min), "-9223372036854775808"),
    ]) func `writes spans as plain seconds`(duration: Duration, text: String) {
        #expect(TimeText.seconds(duration) == text)
    }

    @Test(arguments: [
        (0, "0.00 s"), (0.424, "0.42 s"), (1.26, "1.3 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min 00 s"),
        (185, "3 min 05 s"), (7620, "2 h 07 min"), (356_400, "4 d 03 h"), (.infinity, "?"), (-1, "?"), (.nan, "?"),
    ])
    func writesSpans(_ seconds: Double, _ text: String) {
        #expect(TimeText.span(seconds) == text)
    }

    @Test(arguments: [(3.214, "3.21/s"), (68.04, "68.0/s"), (1234.5, "1235/s"), (0, "0.00/s"), (.infinity, "?/s")])
    func writesRates(_ rate: Double, _ text: String) {
        #expect(TimeText.rate(rate) == text)
    }

    @Test(arguments: [(3.14159, 2, "3.14"), (-0.001, 2, "0.00"), (-1.5, 1, "-1.5"), (0.05, 1, "0.1"), (2, 0, "2")])
    func writesDecimals(_ value: Double, _ decimals: Int, _ text: String) {
        #expect(DecimalText.fixed(value, decimals) == text)
    }

    @Test func writesNoDecimalsOfWhatIsNoNumber() {
        #expect(DecimalText.fixed(.nan, 2) == "?" && DecimalText.fixed(1e300, 0) == "?")
    }
}
