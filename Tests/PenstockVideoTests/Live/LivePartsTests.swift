import PenstockCore
import PenstockFlow
import TestClips
import Testing

@testable import PenstockVideo

extension MonotonicTime {
    /// A moment of the manual clock.
    static func at(seconds: Double) -> MonotonicTime {
        MonotonicTime(nanoseconds: Int64((seconds * 1e9).rounded()))
    }
}

@Suite struct BackOffTests {
    @Test func `waits twice as long each time, give or take a quarter, up to the limit`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<100 {
            var backOff = BackOff(first: .milliseconds(250), limit: .seconds(10))
            for expected in [0.25, 0.5, 1, 2, 4, 8, 10, 10, 10] {
                let wait = backOff.next(using: &generator).seconds
                #expect(wait >= expected * 0.7499 && wait <= min(expected * 1.2501, 10))
            }
            backOff.reset()
            #expect(backOff.next(using: &generator) <= .milliseconds(313))
        }
    }

    @Test func `tries again as long as it was asked to`() {
        #expect(!Reconnection.never.allows(after: .zero))
        #expect(Reconnection.forever.allows(after: .seconds(1_000_000)))
        #expect(Reconnection.upTo(.seconds(5)).allows(after: .seconds(4)))
        #expect(!Reconnection.upTo(.seconds(5)).allows(after: .seconds(5)))
    }
}

@Suite struct StreamTimelineTests {
    @Test func `times beyond all measure do no harm`() {
        var timeline = StreamTimeline()
        timeline.beginConnection()
        for (step, time) in [Int64.max, .min, 0, .max, .max, .min].enumerated() {
            let moment = FrameMoment(frame: step, time: .seconds(time))
            _ = timeline.place(moment, at: .at(seconds: Double(step)))
        }
        timeline.beginConnection()
        #expect(timeline.place(FrameMoment(frame: 0, time: .seconds(Int64.min)), at: .at(seconds: 9)).frame == 6)
    }

    private func moment(_ frame: Int, _ seconds: Double?) -> FrameMoment {
        FrameMoment(frame: frame, time: seconds.map { .milliseconds(Int(($0 * 1000).rounded())) })
    }

    @Test func `keeps a stream's own numbers and times`() {
        var timeline = StreamTimeline()
        timeline.beginConnection()
        for frame in 0..<50 {
            // Arrivals are uneven; the stream's own times are not.
            let arrival = MonotonicTime.at(seconds: 100 + Double(frame) * 0.04 + (frame % 3 == 0 ? 0.01 : 0))
            let placed = timeline.place(moment(frame, 7 + Double(frame) * 0.04), at: arrival)
            #expect(placed == moment(frame, 7 + Double(frame) * 0.04))
        }
    }

    @Test(arguments: [0, 5, 5000]) func `goes on over a break by the clock`(restart: Double) {
        var timeline = StreamTimeline()
        timeline.beginConnection()
        _ = timeline.place(moment(0, 1), at: .at(seconds: 10))
        _ = timeline.place(moment(1, 1.5), at: .at(seconds: 10.5))
        timeline.beginConnection()
        // 3.5 seconds later the stream is back and begins at some other time.
        #expect(timeline.place(moment(0, restart), at: .at(seconds: 14)) == moment(2, 5))
        #expect(timeline.place(moment(1, restart + 0.25), at: .at(seconds: 14.1)) == moment(3, 5.25))
    }

    @Test func `a time that goes backwards or jumps far ahead goes on by the clock`() {
        var timeline = StreamTimeline()
        timeline.beginConnection()
        _ = timeline.place(moment(0, 1000), at: .at(seconds: 10))
        #expect(timeline.place(moment(1, 2), at: .at(seconds: 10.5)) == moment(1, 1000.5))
        #expect(timeline.place(moment(2, 2.25), at: .at(seconds: 10.75)) == moment(2, 1000.75))
        #expect(timeline.place(moment(3, 90_000), at: .at(seconds: 11)) == moment(3, 1001))
        #expect(timeline.place(moment(4, 90_000.04), at: .at(seconds: 11)) == moment(4, 1001.04))
    }

    @Test func `frames without times are placed by the clock, and none at the time of another`() {
        var timeline = StreamTimeline()
        timeline.beginConnection()
        #expect(timeline.place(moment(0, nil), at: .at(seconds: 10)) == moment(0, 0))
        #expect(timeline.place(moment(1, nil), at: .at(seconds: 10.5)) == moment(1, 0.5))
        #expect(timeline.place(moment(2, nil), at: .at(seconds: 10.5)) == moment(2, 0.501))
    }

    @Test func `failures are placed in the stream as a whole`() {
        var timeline = StreamTimeline()
        timeline.beginConnection()
        _ = timeline.place(moment(0, 0), at: .at(seconds: 10))
        timeline.beginConnection()
        _ = timeline.place(moment(0, 50), at: .at(seconds: 12))
        #expect(timeline.place(moment(4, 50.5)) == moment(5, 2.5))
        #expect(timeline.place(moment(4, nil)) == moment(5, 2))
        #expect(timeline.place(nil) == nil)
        #expect(timeline.upcoming == moment(2, 2))
    }
}

@Suite struct RateMeterTests {
    /// Frames at a rate, for some seconds.
    private func meter(_ rate: Double, seconds: Double, warmUp: Duration = .zero) -> RateMeter {
        var meter = RateMeter(warmUp: warmUp)
        for frame in 0...Int(rate * seconds) { meter.add(frame: frame, at: .seconds(Double(frame) / rate)) }
        return meter
    }

    @Test func `a claim that does not hold is reported`() {
        let rate = meter(21, seconds: 4).rate(claimed: 25)
        #expect(!rate.isAsClaimed)
        #expect(rate.discrepancy == "claims 25 fps, delivers 21 fps")
    }

    @Test func `a claim that is nearly right is not`() {
        #expect(meter(24, seconds: 4).rate(claimed: 25).isAsClaimed)
        #expect(meter(29.97, seconds: 4).rate(claimed: 30).discrepancy == nil)
    }

    @Test func `too little time says nothing, and who claims nothing is not wrong`() {
        #expect(meter(10, seconds: 1.5).rate(claimed: 25).isAsClaimed)
        #expect(meter(10, seconds: 5).rate(claimed: nil).isAsClaimed)
        #expect(RateMeter().rate(claimed: 25) == DeliveredRate(claimed: 25))
    }

    @Test func `frames that sampling leaves out count`() {
        var meter = RateMeter()
        for frame in stride(from: 0, through: 250, by: 50) { meter.add(frame: frame, at: .seconds(Double(frame) / 25)) }
        #expect(abs(meter.rate(claimed: 25).measured! - 25) < 0.001)
    }

    @Test func `gaps are left out`() {
        var meter = RateMeter()
        for frame in 0...100 { meter.add(frame: frame, at: .seconds(Double(frame) / 25)) }
        meter.interrupt()
        for frame in 101...201 { meter.add(frame: frame, at: .seconds(60 + Double(frame) / 25)) }
        let rate = meter.rate(claimed: 25)
        #expect(abs(rate.measured! - 25) < 0.001)
        #expect(abs(rate.span.seconds - 8) < 1e-6)
    }

    @Test func `a burst at the beginning is left out`() {
        var meter = RateMeter(warmUp: .seconds(1))
        for frame in 0..<100 { meter.add(frame: frame, at: .milliseconds(frame)) }
        for frame in 100..<350 { meter.add(frame: frame, at: .seconds(Double(frame - 100) / 25)) }
        #expect(abs(meter.rate(claimed: 25).measured! - 25) < 0.001)
    }

    @Test func `times beyond all measure do no harm`() {
        var meter = RateMeter()
        for time in [Int64.min, 0, .max, .max] { meter.add(frame: 1, at: .seconds(time)) }
        #expect(meter.rate(claimed: 25).span > .zero)
    }

    @Test(arguments: [("mod(n\\,6)", false), ("1", true)]) func `a clip's claim is held against its times`(
        selection: String,
        isAsClaimed: Bool
    ) throws {
        let filter = ["-vf", "select='\(selection)'", "-fps_mode", "vfr", "-c:v", "mpeg4"]
        let clip = try Clips.make("rate-\(isAsClaimed).mkv", Clips.source("64x48", seconds: 3) + filter)
        let pool = FramePool(limit: 2)
        let input = try VideoInput(.file(FilePath(clip)), options: VideoOptions(), pool: pool, stopping: .init())
        var meter = RateMeter()
        while case .frame(let frame)? = input.next() { meter.add(frame: frame.moment.frame, at: frame.moment.time!) }
        let rate = meter.rate(claimed: input.description.claimedRate)
        #expect(rate.isAsClaimed == isAsClaimed, "\(rate)")
    }

    @Test func `times that go backwards do no harm`() {
        var meter = RateMeter()
        for time in [0.0, 1, 2, 1, 2, 3, 0] { meter.add(frame: Int(time), at: .seconds(time)) }
        #expect(meter.rate(claimed: 1).measured == 1)
    }
}

@Suite struct FailureThrottleTests {
    @Test func `lets some through each second and tells of the rest`() {
        var throttle = FailureThrottle(limit: 3)
        let admitted = (0..<100).map { throttle.admits(at: .at(seconds: Double($0) / 1000)) }
        #expect(admitted.count { $0 } == 3)
        #expect(throttle.takeHeld(at: .at(seconds: 0.5)) == nil)
        #expect(throttle.takeHeld(at: .at(seconds: 1)) == 97)
        #expect(throttle.takeHeld(at: .at(seconds: 1)) == nil)
        #expect(throttle.admits(at: .at(seconds: 1.1)) == true)
    }

    @Test func `tells of everything at the end`() {
        var throttle = FailureThrottle(limit: 1)
        _ = throttle.admits(at: .at(seconds: 0))
        _ = throttle.admits(at: .at(seconds: 0))
        #expect(throttle.takeHeld(at: nil) == 1)
    }
}

@Suite struct FilePacerTests {
    @Test func `each frame is due at its own time after the first`() {
        var pacer = FilePacer()
        #expect(pacer.due(.seconds(5), at: .at(seconds: 100)) == .at(seconds: 100))
        #expect(pacer.due(.seconds(5.5), at: .at(seconds: 100)) == .at(seconds: 100.5))
        #expect(pacer.due(.seconds(7), at: .at(seconds: 103)) == .at(seconds: 102))
        #expect(pacer.due(nil, at: .at(seconds: 104)) == .at(seconds: 104))
    }

    @Test func `a time that goes backwards starts anew`() {
        var pacer = FilePacer()
        _ = pacer.due(.seconds(5), at: .at(seconds: 100))
        #expect(pacer.due(.seconds(1), at: .at(seconds: 101)) == .at(seconds: 101))
        #expect(pacer.due(.seconds(2), at: .at(seconds: 101)) == .at(seconds: 102))
    }

    @Test func `a time that leaps ahead is not waited for`() {
        var pacer = FilePacer()
        _ = pacer.due(.seconds(5), at: .at(seconds: 100))
        #expect(pacer.due(.seconds(Int64.max), at: .at(seconds: 101)) == .at(seconds: 101))
        #expect(pacer.due(.seconds(6), at: .at(seconds: 101)) == .at(seconds: 101))
    }

    @Test func `only regular files are paced`() {
        #expect(FilePacer(.file("/dev/null")) == nil)
        #expect(FilePacer(.address("http://127.0.0.1/")) == nil)
        #expect(FilePacer(.file(FilePath(#filePath))) != nil)
    }
}
