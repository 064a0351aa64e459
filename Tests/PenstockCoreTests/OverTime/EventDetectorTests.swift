import Testing

@testable import PenstockCore

@Suite struct EventDetectorTests {
    private let labels = Labels(["arrow", "circle"])

    private func detector(_ change: (inout EventDetector.Configuration) -> Void = { _ in }) -> EventDetector {
        var configuration = EventDetector.Configuration()
        change(&configuration)
        return EventDetector(source: "clip.mp4", labels: labels, configuration: configuration)
    }

    /// Feeds one class's scores, ten frames a second from time zero.
    private func events(_ scores: [Float?], in detector: EventDetector) -> [EventSegment] {
        var detector = detector
        var found: [EventSegment] = []
        for (frame, score) in scores.enumerated() {
            let time = Duration.milliseconds(100 * frame)
            if let score {
                found += detector.take(scores: [score], at: time, duration: .milliseconds(100))
            } else {
                found += detector.takeFailure(at: time, duration: .milliseconds(100))
            }
        }
        return found + detector.finish()
    }

    private func frames(_ runs: (Float?, Int)...) -> [Float?] {
        runs.flatMap { score, count in Array(repeating: score, count: count) }
    }

    @Test func `describes a segment from its first frame to the end of its last`() throws {
        let found = events(frames((0, 10), (0.9, 5), (0.5, 5), (0.1, 20)), in: detector())
        #expect(found.count == 1)
        let event = try #require(found.first)
        #expect(event.source == "clip.mp4" && event.classIndex == 0 && event.label == "arrow")
        #expect(event.start == .seconds(1) && event.end == .seconds(2))
        #expect(event.peak == 0.9 && abs(event.mean - 0.7) < 1e-6 && event.frames == 10)
    }

    @Test func `stays between the two thresholds once it has entered`() {
        #expect(events(frames((0.45, 20)), in: detector()).isEmpty)
        let found = events(frames((0.6, 1), (0.4, 9), (0.34, 10)), in: detector())
        #expect(found.map(\.end) == [.seconds(1)])
    }

    @Test func `enters again only at the higher threshold`() {
        let found = events(frames((0.9, 6), (0.1, 1), (0.45, 20)), in: detector())
        #expect(found.map(\.end) == [.milliseconds(600)])
    }

    @Test func `leaves a flicker out`() {
        #expect(events(frames((0, 5), (1, 4), (0, 20)), in: detector()).isEmpty)
        #expect(events(frames((0, 5), (1, 5), (0, 20)), in: detector()).count == 1)
        #expect(events(frames((0, 5), (1, 1), (0, 20)), in: detector { $0.minimumDuration = .zero }).count == 1)
    }

    @Test func `bridges an interruption up to the longest gap`() {
        let bridged = events(frames((1, 10), (0, 5), (1, 10)), in: detector())
        #expect(bridged.map(\.end) == [.milliseconds(2500)])
        #expect(bridged.map(\.frames) == [25] && bridged.map { abs($0.mean - 0.8) < 1e-6 } == [true])
        let parted = events(frames((1, 10), (0, 6), (1, 10)), in: detector())
        #expect(parted.map(\.start) == [.zero, .milliseconds(1600)])
        #expect(parted.map(\.end) == [.seconds(1), .milliseconds(2600)])
    }

    @Test func `goes on over failures up to the longest gap`() {
        let bridged = events(frames((0.8, 10), (nil, 5), (0.4, 10)), in: detector())
        #expect(bridged.map(\.end) == [.milliseconds(2500)] && bridged.map(\.frames) == [20])
        let parted = events(frames((0.8, 10), (nil, 6), (0.8, 10)), in: detector())
        #expect(parted.map(\.end) == [.seconds(1), .milliseconds(2600)])
    }

    @Test func `ends an event while failures go on`() {
        var detector = detector()
        for frame in 0..<10 {
            _ = detector.take(scores: [1], at: .milliseconds(100 * frame), duration: .milliseconds(100))
        }
        let ends = (10..<30).map { frame in
            detector.takeFailure(at: .milliseconds(100 * frame), duration: .milliseconds(100)).map(\.end)
        }
        #expect(ends.flatMap(\.self) == [.seconds(1)] && ends[6] == [.seconds(1)])
    }

    @Test func `weights the mean by how long frames were shown`() throws {
        var detector = detector()
        // A slide of 3 s and a frame of 1 s.
        _ = detector.take(scores: [0.9], at: .zero, duration: .seconds(3))
        _ = detector.take(scores: [0.5], at: .seconds(3), duration: .seconds(1))
        let event = try #require(detector.finish().first)
        #expect(abs(event.mean - 0.8) < 1e-6 && event.end == .seconds(4))
    }

    @Test func `finds the same in every tenth frame`() {
        var detector = detector()
        var found: [EventSegment] = []
        for second in 0..<10 {
            let score: Float = (3..<6).contains(second) ? 0.8 : 0
            found += detector.take(scores: [score], at: .seconds(second), duration: .milliseconds(100))
        }
        found += detector.finish()
        #expect(found.map(\.start) == [.seconds(3)] && found.map(\.end) == [.seconds(6)])
    }

    @Test func `ends what was seen before a silence`() {
        var detector = detector()
        var found: [EventSegment] = []
        for frame in 0..<20 {
            let time = Duration.milliseconds(100 * frame + (frame < 10 ? 0 : 30_000))
            found += detector.take(scores: [0.8], at: time, duration: .milliseconds(100))
        }
        found += detector.finish()
        #expect(found.map(\.start) == [.zero, .seconds(31)] && found.map(\.end) == [.seconds(1), .seconds(32)])
    }

    @Test func `ends everything where time goes backwards`() {
        var detector = detector()
        var found: [EventSegment] = []
        for time in [5.0, 5.5, 6.0, 1.0, 1.5, 2.0] {
            found += detector.take(scores: [0.8], at: .seconds(time), duration: .seconds(0.5))
        }
        found += detector.finish()
        #expect(found.map(\.start) == [.seconds(5), .seconds(1)])
        #expect(found.map(\.end) == [.seconds(6.5), .seconds(2.5)])
    }

    @Test func `gives segments in the order in which they began, or as they end`() {
        for ordersByStart in [true, false] {
            var detector = detector { $0.ordersByStart = ordersByStart }
            var found: [EventSegment] = []
            for frame in 0..<40 {
                let scores: [Float] = [frame < 38 ? 1 : 0, (10..<20).contains(frame) ? 1 : 0]
                found += detector.take(scores: scores, at: .milliseconds(100 * frame), duration: .milliseconds(100))
                if frame == 30 { #expect(found.count == (ordersByStart ? 0 : 1)) }
            }
            found += detector.finish()
            #expect(found.map(\.classIndex) == (ordersByStart ? [0, 1] : [1, 0]))
        }
    }

    @Test func `holds back a bounded number of segments behind a long one`() {
        var detector = detector {
            $0.minimumDuration = .zero
            $0.maximumGap = .zero
        }
        var received = 0
        for frame in 0..<30_000 {
            let scores: [Float] = [1, frame % 2 == 0 ? 1 : 0]
            received += detector.take(scores: scores, at: .milliseconds(40 * frame), duration: .milliseconds(40)).count
            #expect(frame / 2 - received <= EndedEvents.bound + 2)
        }
        let rest = detector.finish()
        #expect(received > 10_000 && zip(rest, rest.dropFirst()).allSatisfy { $0.start <= $1.start })
    }

    @Test func `says nothing about frames without a time`() {
        var detector = detector()
        for _ in 0..<10 { #expect(detector.take(scores: [1], at: nil, duration: nil).isEmpty) }
        #expect(detector.finish().isEmpty)
    }

    @Test func `survives absurd scores and times`() {
        let times: [Duration?] = [nil, .zero, .seconds(-5), .seconds(Int64.max), .seconds(Int64.min), .nanoseconds(1)]
        var detector = detector {
            $0.leave = 2
            $0.minimumDuration = .zero
        }
        for time in times + times.reversed() {
            for duration in times {
                _ = detector.take(scores: [.nan, .infinity, 1], at: time, duration: duration)
                _ = detector.take(scores: [], at: time, duration: duration)
                _ = detector.takeFailure(at: duration, duration: time)
            }
        }
        #expect(detector.finish().allSatisfy { $0.classIndex == 2 && $0.mean <= 1 })
    }

    @Test func `keeps times within what can be counted, however long frames claim to last`() {
        var detector = detector()
        for _ in 0..<50 { _ = detector.take(scores: [1], at: nil, duration: .seconds(3_000_000_000)) }
        #expect(detector.finish().allSatisfy { $0.end <= .nanoseconds(Int64.max) })
    }
}
