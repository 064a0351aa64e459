import Foundation
import PenstockCore
import PenstockFlow
import PenstockImages
import Synchronization
import Testing

@testable import PenstockVideo

/// What a capture does with what its source does; the sources are played.
@Suite struct LiveCaptureTests {
    private static let broken = PenstockError(.inputOutput, at: .read, "The connection broke.")
    private static let refused = PenstockError(.inputOutput, at: .read, "The connection was refused.")

    /// A capture whose connections are played one after the other; `nil` refuses one, and so does everything after.
    private func capture(
        _ connections: [[PlayedInput.Step]?],
        location: VideoLocation = .address("http://played"),
        refusal: PenstockError = refused,
        adapt: (inout LiveCapture.Configuration) -> Void = { _ in }
    ) -> Recording {
        var configuration = LiveCapture.Configuration(location)
        configuration.firstRetry = .milliseconds(20)
        configuration.frameLimit = 1000
        adapt(&configuration)
        let left = Mutex(connections[...])
        return Recording(
            LiveCapture(configuration) { (_, _, pool, stopping) throws(PenstockError) in
                guard let steps = left.withLock({ $0.popFirst() }), let steps else { throw refusal }
                return PlayedInput(steps, pool: pool, stopping: stopping)
            }
        )
    }

    private func frames(_ count: Int, from time: Double = 0) -> [PlayedInput.Step] {
        (0..<count).map { .frame($0, time + Double($0) / 25) }
    }

    @Test func `a break is an event, and so is the return`() async throws {
        let recording = capture([
            frames(3, from: 10) + [.failure(Self.broken)], nil, nil, frames(3, from: 900) + [.hang],
        ])
        try recording.start()
        #expect(try await recording.wait(for: .reconnected, frames: 3))
        recording.capture.stop()
        #expect(try await recording.waitForEnd())
        #expect(recording.kinds == [.connected, .disconnected, .reconnected, .ended])
        #expect(recording.frames.map(\.moment.frame) == Array(0..<6))
        #expect(recording.goesOn)
        #expect(recording.frames[0].moment.time == .seconds(10))
        let events = recording.events
        #expect(events[1].message.hasPrefix("The connection broke."))
        #expect(events[1].time == recording.frames[2].moment.time)
        // What passed on the clock passed in the stream.
        let gap = try #require(events[2].gap)
        let step = recording.frames[3].moment.time! - recording.frames[2].moment.time!
        #expect(abs((gap - step).seconds) < 0.001)
        #expect(recording.failures.isEmpty)
        let report = recording.capture.report
        #expect(report.decoded == 6 && report.gaps == 1 && report.gapTime == gap)
    }

    @Test func `a clean end is a break too, unless it is not to be tried again`() async throws {
        let again = capture([frames(2), frames(2) + [.hang]])
        try again.start()
        #expect(try await again.wait(for: .reconnected, frames: 2))
        again.capture.stop()
        let once = capture([frames(2), frames(2)]) { $0.reconnection = .never }
        try once.start()
        #expect(try await once.waitForEnd())
        #expect(once.kinds == [.connected, .ended])
        #expect(once.failures.isEmpty && once.frames.count == 2)
    }

    @Test func `gives up after the time it was given, with a failure that says why`() async throws {
        let recording = capture([frames(2) + [.failure(Self.broken)]]) { $0.reconnection = .upTo(.milliseconds(200)) }
        try recording.start()
        #expect(try await recording.waitForEnd())
        #expect(recording.kinds == [.connected, .disconnected, .ended])
        #expect(recording.failures.count == 1)
        #expect(recording.failures[0].message.hasPrefix("The connection was refused. It was tried again for "))
        #expect(recording.capture.report.gapTime >= .milliseconds(200))
    }

    @Test func `a first connection that fails is tried as often as others, and told of`() async throws {
        let recording = capture([nil, nil, frames(1) + [.hang]])
        try recording.start()
        #expect(try await recording.wait(for: .connected, frames: 1))
        recording.capture.stop()
        #expect(recording.kinds.prefix(2) == [.disconnected, .connected])
        #expect(recording.capture.report.gaps == 0)
    }

    @Test func `what cannot get better ends at once`() async throws {
        let refusal = PenstockError(.unsupported, at: .read, "The codec is not to be had.")
        let recording = capture([nil], refusal: refusal)
        try recording.start()
        #expect(try await recording.waitForEnd())
        #expect(recording.failures == [refusal])
        #expect(recording.kinds == [.ended])
    }

    @Test func `files and pipes are not read twice`() async throws {
        let recording = capture([frames(2), frames(2)], location: .file("/dev/null"))
        try recording.start()
        #expect(try await recording.waitForEnd())
        #expect(recording.kinds == [.connected, .ended] && recording.frames.count == 2)
    }

    @Test func `a regular file comes at the pace of its own times`() async throws {
        let recording = capture([frames(11)], location: .file(FilePath(#filePath)))
        let began = MonotonicTime.now
        try recording.start()
        #expect(try await recording.waitForEnd())
        #expect(MonotonicTime.now - began >= .milliseconds(400))
        let arrivals = recording.frames.map(\.arrival.monotonic)
        #expect(zip(recording.frames, arrivals).allSatisfy { $1 - arrivals[0] >= $0.moment.time! - .milliseconds(1) })
    }

    @Test func `damage is told of and the stream goes on`() async throws {
        let damaged = PenstockError(.corrupt, at: .decode, "The frame is damaged.")
        let recording = capture([[.frame(0, 0), .failure(damaged), .frame(2, 0.08)]]) { $0.reconnection = .never }
        try recording.start()
        #expect(try await recording.waitForEnd())
        #expect(recording.failures == [damaged])
        #expect(recording.frames.map(\.moment.frame) == [0, 2])
        #expect(recording.capture.report.failed == 1)
    }

    @Test func `a flood of damage is counted rather than told one by one`() async throws {
        let damaged = PenstockError(.corrupt, at: .decode, "The frame is damaged.")
        let steps: [PlayedInput.Step] = [.frame(0, 0)] + Array(repeating: .failure(damaged), count: 1000)
        let recording = capture([steps + [.frame(1001, 40)]]) { $0.reconnection = .never }
        try recording.start()
        #expect(try await recording.waitForEnd())
        #expect(recording.failures.count < 20)
        #expect(recording.failures.last!.message.contains(" more frames of the stream could not be decoded"))
        #expect(recording.capture.report.failed == 1000)
    }

    @Test func `stopping ends any wait`() async throws {
        let connecting = Recording(
            LiveCapture(LiveCapture.Configuration(.address("http://played"))) {
                (_, _, _, stopping) throws(PenstockError) in
                while !stopping.isRaised { usleep(2000) }
                throw PenstockError(.cancelled, at: .read, "stopped")
            }
        )
        let stalled = capture([[.frame(0, 0), .hang]])
        let backingOff = capture([nil]) { $0.firstRetry = .seconds(9) }
        let paced = capture([[.frame(0, 0), .frame(1, 1000)]], location: .file(FilePath(#filePath)))
        let full = capture([frames(100)]) { $0.frameLimit = 2 }
        for recording in [connecting, stalled, backingOff, paced, full] { try recording.start() }
        usleep(200_000)
        for recording in [connecting, stalled, backingOff, paced, full] {
            let began = MonotonicTime.now
            recording.capture.stop()
            recording.capture.stop()
            #expect(try await recording.waitForEnd())
            #expect(MonotonicTime.now - began < .seconds(1))
        }
        #expect(stalled.kinds == [.connected, .ended])
    }

    @Test func `stopping does not wait for a connection that cannot be interrupted`() async throws {
        let held = Mutex(true)
        let recording = Recording(
            LiveCapture(LiveCapture.Configuration(.address("http://played"))) {
                (_, _, pool, stopping) throws(PenstockError) in
                while held.withLock({ $0 }) { usleep(2000) }
                return PlayedInput([.frame(0, 0)], pool: pool, stopping: stopping)
            }
        )
        try recording.start()
        let began = MonotonicTime.now
        recording.capture.stop()
        #expect(try await recording.waitForEnd())
        #expect(MonotonicTime.now - began < .seconds(1))
        held.withLock { $0 = false }
        usleep(50_000)
        #expect(recording.frames.isEmpty)
    }

    @Test func `a delivery that is refused ends the capture`() async throws {
        let ended = Monitor(false)
        let capture = capture([frames(1000)]).capture
        try capture.start { _ in
            false
        } whenEnded: {
            ended.withLock { $0 = true }
            ended.wakeAll(.loaders)
        }
        ended.wait(.loaders) { $0 ? .ready(()) : .until(nil) }
        #expect(capture.report.decoded <= 1)
        #expect(capture.pool.lentCount == 0)
    }
}
