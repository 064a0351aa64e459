import Foundation
import Testing

@testable import PenstockCore

@Suite struct ScoreSmootherTests {
    /// Smooths one class over frames of equal length and returns what came out.
    private func smoothed(
        _ smoothing: Smoothing,
        framesPerSecond: Int,
        seconds: Double,
        _ score: (Double) -> Float
    ) -> [Float] {
        var smoother = ScoreSmoother(smoothing)
        return (0..<Int(seconds * Double(framesPerSecond))).map { frame in
            let time = Double(frame) / Double(framesPerSecond)
            var scores = [score(time)]
            smoother.smooth(&scores, at: .seconds(time), duration: .seconds(1 / Double(framesPerSecond)))
            return scores[0]
        }
    }

    @Test(arguments: Smoothing.Kind.allCases) func `takes the first frame as it is`(_ kind: Smoothing.Kind) {
        var smoother = ScoreSmoother(Smoothing(kind, span: .seconds(1)))
        var scores: [Float] = [0.25, 0.75]
        smoother.smooth(&scores, at: .seconds(7), duration: .milliseconds(40))
        #expect(scores == [0.25, 0.75])
    }

    /// A step answers within one frame of the slower rate: 1 / (10 fps × 1 s span) of its height.
    @Test(arguments: Smoothing.Kind.allCases) func `agrees at two frame rates`(_ kind: Smoothing.Kind) {
        let smoothing = Smoothing(kind, span: .seconds(1))
        let step: (Double) -> Float = { $0 < 1 ? 0 : 1 }
        let slow = smoothed(smoothing, framesPerSecond: 10, seconds: 4, step)
        let fast = smoothed(smoothing, framesPerSecond: 50, seconds: 4, step)
        for (frame, score) in slow.enumerated() { #expect(abs(score - fast[frame * 5]) <= 0.1) }
    }

    @Test func `fades by the exponential of the time gone by`() {
        let scores = smoothed(Smoothing(.exponential, span: .seconds(1)), framesPerSecond: 10, seconds: 3) {
            $0 < 1 ? 1 : 0
        }
        // Ten steps of 0.1 s after the last 1, the score is e^-1: to single precision.
        #expect(abs(scores[19] - Float(exp(-1.0))) < 1e-6)
    }

    @Test func `weights frames of a window by how long they were shown`() {
        var smoother = ScoreSmoother(Smoothing(.window, span: .seconds(2)))
        var result: [Float] = []
        for (time, duration, score) in [(0.0, 1.5, 1.0), (1.5, 0.25, 0.0), (1.75, 0.5, 0.0)] {
            var scores = [Float(score)]
            smoother.smooth(&scores, at: .seconds(time), duration: .seconds(duration))
            result.append(scores[0])
        }
        // The last window is from 0.25 to 2.25 s: 1.25 s of the first frame.
        #expect(result[0] == 1 && abs(result[1] - 1.5 / 1.75) < 1e-6 && abs(result[2] - 1.25 / 2) < 1e-6)
    }

    /// At 2000 frames a second buckets are shared: what sticks out of the window is known to a 256th of the span.
    @Test func `forgets what has left the window whatever the rate`() {
        let scores = smoothed(Smoothing(.window, span: .seconds(1)), framesPerSecond: 2000, seconds: 3) {
            $0 < 1 ? 1 : 0
        }
        #expect(abs(scores[5999]) < 1e-12)
        #expect(abs(scores[2500] - 0.75) <= 1.0 / 256)
    }

    @Test(arguments: Smoothing.Kind.allCases) func `starts afresh where time jumps`(_ kind: Smoothing.Kind) {
        for jump in [0.5, 20] {
            var smoother = ScoreSmoother(Smoothing(kind, span: .seconds(2)))
            for frame in 0..<100 {
                var scores: [Float] = [1]
                smoother.smooth(&scores, at: .seconds(1 + Double(frame) / 25), duration: .milliseconds(40))
            }
            var scores: [Float] = [0.1]
            smoother.smooth(&scores, at: .seconds(jump), duration: .milliseconds(40))
            #expect(scores == [0.1])
        }
    }

    @Test(arguments: Smoothing.Kind.allCases) func `lets frames without times follow one another`(
        _ kind: Smoothing.Kind
    ) {
        var timed = ScoreSmoother(Smoothing(kind, span: .milliseconds(300)))
        var untimed = timed
        for frame in 0..<50 {
            var expected: [Float] = [Float(frame % 7) / 7]
            var found = expected
            timed.smooth(&expected, at: .milliseconds(40 * frame), duration: .milliseconds(40))
            untimed.smooth(&found, at: frame == 0 ? .zero : nil, duration: .milliseconds(40))
            #expect(found == expected)
        }
    }

    @Test(arguments: Smoothing.Kind.allCases) func `passes what has neither times nor durations`(
        _ kind: Smoothing.Kind
    ) {
        var smoother = ScoreSmoother(Smoothing(kind, span: .seconds(1)))
        for score: Float in [0, 1, 0.5] {
            var scores = [score]
            smoother.smooth(&scores, at: nil, duration: nil)
            #expect(scores == [score])
        }
    }

    @Test(arguments: Smoothing.Kind.allCases) func `survives absurd scores, times and spans`(_ kind: Smoothing.Kind) {
        let times: [Duration?] = [nil, .zero, .seconds(-5), .seconds(Int64.max), .seconds(Int64.min), .nanoseconds(1)]
        for span in [Duration.zero, .seconds(-1), .nanoseconds(1), .seconds(Int64.max / 4)] {
            var smoother = ScoreSmoother(Smoothing(kind, span: span))
            for time in times + times.reversed() {
                for duration in times {
                    var scores: [Float] = [.nan, .infinity, 1]
                    smoother.smooth(&scores, at: time, duration: duration)
                    #expect(scores[2] == 1 || abs(scores[2] - 1) < 1e-6)
                }
            }
            var scores: [Float] = [1]
            smoother.smooth(&scores, at: .seconds(9), duration: nil)
            #expect(scores == [1])
        }
    }
}
