import Foundation
import PenstockCore
import PenstockFlow
import TestClips
import Testing

@testable import PenstockVideo

/// Captures from real servers on loopback, which break, stall, send garbage or are not there.
@Suite(.serialized) struct LiveStreamTests {
    private func recording(
        _ address: String,
        adapt: (inout LiveCapture.Configuration) -> Void = { _ in }
    ) -> Recording {
        var configuration = LiveCapture.Configuration(.address(address))
        configuration.firstRetry = .milliseconds(100)
        configuration.longestRetry = .milliseconds(300)
        configuration.options.timeout = .seconds(8)
        configuration.frameLimit = 100_000
        adapt(&configuration)
        return Recording(LiveCapture(configuration))
    }

    /// Stops a capture; it ends within a second.
    private func stop(_ recording: Recording) async throws {
        let began = MonotonicTime.now
        recording.capture.stop()
        #expect(try await recording.waitForEnd())
        #expect(MonotonicTime.now - began < .seconds(1.5))
    }

    @Test(arguments: [StreamServer.Kind.multipartJPEG, .transportOverHTTP, .transportOverTCP])
    func `a server that is killed and comes back leaves a gap`(kind: StreamServer.Kind) async throws {
        let port = try Loopback.freePort()
        let first = try StreamServer(kind, port: port)
        let recording = recording(first.address)
        try recording.start()
        #expect(try await recording.wait(for: .connected, frames: 10))
        first.kill()
        #expect(try await recording.waitForBreak())
        let second = try StreamServer(kind, port: port)
        #expect(try await recording.wait(for: .reconnected, frames: 10))
        try await stop(recording)
        second.kill()
        // Before the server listens, the first attempt may be refused.
        let kinds = recording.kinds.drop { $0 == .disconnected }
        #expect(Array(kinds) == [.connected, .disconnected, .reconnected, .ended])
        #expect(recording.goesOn)
        let gap = try #require(recording.events.first { $0.kind == .reconnected }?.gap)
        #expect(gap > .zero && gap < .seconds(20))
        let report = recording.capture.report
        #expect(report.gaps == 1 && report.gapTime == gap)
        #expect(report.decoded == recording.frames.count)
    }

    @Test func `times within a connection are the stream's own`() async throws {
        let server = try StreamServer(.transportOverTCP, port: Loopback.freePort())
        let recording = recording(server.address)
        try recording.start()
        #expect(try await recording.wait(for: .connected, frames: 20))
        try await stop(recording)
        let times = recording.frames.map { $0.moment.time!.seconds }
        for (earlier, later) in zip(times, times.dropFirst()) { #expect(abs(later - earlier - 0.04) < 0.001) }
    }

    @Test func `a stream that delivers less than it claims is found out`() async throws {
        let port = try Loopback.freePort()
        let server = try StreamServer(.transportOverTCP, port: port, leavingOut: "eq(mod(n,6),5)")
        let recording = recording(server.address)
        try recording.start()
        #expect(try await recording.wait(for: .connected, frames: 75))
        try await stop(recording)
        server.kill()
        let rate = recording.capture.report.rate
        #expect(rate.claimed == 25)
        #expect(!rate.isAsClaimed, "\(rate)")
    }

    @Test func `a server that stalls counts as gone`() async throws {
        let port = try Loopback.freePort()
        let stalled = try StreamServer(.transportOverTCP, port: port)
        let recording = recording(stalled.address) { $0.options.timeout = .seconds(1) }
        try recording.start()
        #expect(try await recording.wait(for: .connected, frames: 5))
        stalled.suspend()
        let count = recording.frames.count
        #expect(try await recording.waitForBreak())
        #expect(recording.elements.contains { $0.isStall }, "\(recording.events)")
        stalled.kill()
        let second = try StreamServer(.transportOverTCP, port: port)
        #expect(try await recording.wait(for: .reconnected, frames: 5))
        try await stop(recording)
        second.kill()
        #expect(recording.goesOn)
        #expect(recording.frames.count > count)
        #expect(recording.capture.report.gapTime >= .seconds(1))
    }

    @Test func `packets without a connection stop and come again`() async throws {
        let port = try Loopback.freePort(SOCK_DGRAM)
        let first = try StreamServer(.transportOverUDP, port: port)
        // FFmpeg cancels the thread that it reads packets with, which the thread sanitizer takes for a fault of its own.
        let isWatched = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] != nil
        let address = first.address + (isWatched ? "?fifo_size=0" : "")
        let recording = recording(address) { $0.options.timeout = .seconds(1) }
        try recording.start()
        #expect(try await recording.wait(for: .connected, frames: 5))
        first.kill()
        #expect(try await recording.waitForBreak())
        let second = try StreamServer(.transportOverUDP, port: port)
        #expect(try await recording.wait(for: .reconnected, frames: 5))
        try await stop(recording)
        second.kill()
        #expect(recording.goesOn)
    }

    @Test(arguments: [StreamServer.Kind.transportOverTCP, .multipartJPEG]) func `damage on the way ends nothing`(
        kind: StreamServer.Kind
    ) async throws {
        let port = try Loopback.freePort()
        let server = try StreamServer(kind, port: port)
        let relay = try DamagingRelay(to: port)
        let recording = recording(kind.address(relay.port))
        try recording.start()
        #expect(try await recording.wait(for: .connected, frames: 40))
        try await stop(recording)
        server.kill()
        #expect(recording.goesOn)
        #expect(recording.kinds.count { $0 == .disconnected } <= 1)
        // Nothing in a motion JPEG tells damaged pixels from others.
        #expect(kind == .multipartJPEG || recording.elements.contains { $0.isDamage })
        #expect(Double(recording.failures.count) < Double(recording.frames.count) + 20)
    }

    @Test func `a camera's RTSP is captured`() async throws {
        let server = try RTSPServer()
        let recording = recording(server.address)
        try recording.start()
        #expect(try await recording.wait(for: .connected, frames: 10))
        try await stop(recording)
        #expect(recording.goesOn)
        #expect(recording.frames.allSatisfy { $0.frame.size == ImageSize(width: 160, height: 96) })
    }

    @Test func `a port that refuses is tried for as long as asked, and then a failure`() async throws {
        let port = try Loopback.freePort()
        let recording = recording("http://127.0.0.1:\(port)/") { $0.reconnection = .upTo(.milliseconds(500)) }
        try recording.start()
        #expect(try await recording.waitForEnd())
        #expect(recording.kinds == [.disconnected, .ended])
        #expect(recording.failures.count == 1)
        #expect(recording.failures[0].message.contains("refuses the connection"))
    }

    @Test func `a host that does not answer is a stall, and stopping does not wait for it`() async throws {
        let (listener, port) = try Loopback.listen()
        defer { close(listener) }
        let once = recording("http://127.0.0.1:\(port)/") { configuration in
            configuration.reconnection = .never
            configuration.options.timeout = .milliseconds(500)
        }
        try once.start()
        #expect(try await once.waitForEnd())
        #expect(once.failures.map(\.code) == [.timedOut])
        let patient = recording("http://127.0.0.1:\(port)/")
        try patient.start()
        usleep(200_000)
        try await stop(patient)
        #expect(patient.failures.isEmpty)
    }

    @Test func `a clip given as live comes at its own pace, once`() async throws {
        let clip = try Clips.make("live.mp4", Clips.source("160x90", seconds: 1) + ["-c:v", "libx264"])
        var configuration = LiveCapture.Configuration(.file(FilePath(clip)))
        configuration.frameLimit = 100
        let recording = Recording(LiveCapture(configuration))
        let began = MonotonicTime.now
        try recording.start()
        #expect(try await recording.waitForEnd())
        #expect(MonotonicTime.now - began >= .milliseconds(950))
        #expect(recording.kinds == [.connected, .ended])
        #expect(recording.capture.report.decoded == 25)
        #expect(recording.failures.isEmpty)
    }
}

extension LiveElement {
    /// Whether it shows that bytes were damaged.
    fileprivate var isDamage: Bool {
        switch self {
        case .frame(let frame): frame.frame.isDamaged
        case .failure: true
        case .event: false
        }
    }

    /// Whether it says that no bytes came.
    fileprivate var isStall: Bool {
        if case .event(let event) = self { event.message.contains("No bytes have come") } else { false }
    }
}
