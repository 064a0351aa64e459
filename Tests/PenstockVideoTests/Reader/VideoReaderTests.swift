import Foundation
import PenstockCore
import PenstockVideo
import Testing

@Suite struct VideoReaderTests {
    private func clip() throws -> FilePath {
        FilePath(try ComparedClip.all[0].path())
    }

    @Test func `describes what a video is`() async throws {
        let description = try await VideoReader(clip()).description
        #expect(description.codec == "h264")
        #expect(description.size == ImageSize(width: 192, height: 108))
        #expect(description.claimedRate == 25)
        #expect(description.frameCount == 50)
        #expect(description.duration == .seconds(2))
        #expect(description.start == .zero)
        #expect(description.pixelFormat == "yuv420p")
        #expect(description.audioCodec == nil)
    }

    @Test func `gives every frame in order`() async throws {
        var numbers: [Int] = []
        for try await frame in try await VideoReader(clip()).frames() {
            #expect(frame.time == .milliseconds(40 * frame.frame))
            numbers.append(frame.frame)
        }
        #expect(numbers == Array(0..<50))
    }

    @Test func `frames that are kept do not stop the loop`() async throws {
        var kept: [VideoFrame] = []
        for try await frame in try await VideoReader(clip()).frames() { kept.append(frame) }
        #expect(Set(kept.map(\.checksum)).count == 50)
    }

    @Test func `gives a frame a second, or a step through a range`() async throws {
        let video = try await VideoReader(clip())
        var numbers: [Int] = []
        for try await frame in video.frames(every: .milliseconds(500)) { numbers.append(frame.frame) }
        for try await frame in video.frames(step: 5, in: 10..<26) { numbers.append(frame.frame) }
        #expect(numbers == [0, 13, 25, 38, 10, 15, 20, 25])
    }

    @Test func `gives single frames by number and by time`() async throws {
        let video = try await VideoReader(clip())
        let whole = try DecodedClip(clip().description)
        #expect(try await video.frame(at: 37).checksum == whole.frames[37].checksum)
        #expect(try await video.frame(at: .milliseconds(799)).frame == 19)
        let frames = try await video.frames(at: [.seconds(1), .zero, .milliseconds(1010), .milliseconds(1990)])
        #expect(frames.map(\.frame) == [25, 0, 25, 49])
        #expect(try await video.frames(at: []).isEmpty)
    }

    @Test func `says that there is no such frame`() async throws {
        let video = try await VideoReader(clip())
        for number in [-1, 50, Int.max] {
            await #expect(throws: PenstockError.self) { try await video.frame(at: number) }
        }
        for time in [Duration.seconds(-1), .seconds(2), .seconds(5000)] {
            await #expect(throws: PenstockError.self) { try await video.frame(at: time) }
        }
    }

    @Test func `leaving the loop and cancelling the task end the decoding`() async throws {
        let video = try await VideoReader(clip())
        for try await frame in video.frames() where frame.frame == 3 { break }
        let task = Task {
            var count = 0
            for try await _ in video.frames() {
                count += 1
                if count == 5 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `a damaged frame does not end the loop`() async throws {
        let path = Clips.folder.appendingPathComponent("hole.mp4").path
        var data = try Data(contentsOf: URL(fileURLWithPath: clip().description))
        data.replaceSubrange(data.count / 2..<data.count / 2 + 3000, with: Data(count: 3000))
        try data.write(to: URL(fileURLWithPath: path))
        let video = try await VideoReader(FilePath(path))
        let failed = Failures()
        var numbers: [Int] = []
        let frames = video.frames().onFailure { moment, _ in failed.append(moment.frame) }
        for try await frame in frames { numbers.append(frame.frame) }
        #expect(numbers.last == 49)
        #expect(!failed.numbers.isEmpty)
        #expect(Set(numbers).isDisjoint(with: failed.numbers))
        let first = try #require(failed.numbers.first)
        await #expect(throws: PenstockError.self) { try await video.frame(at: first) }
    }

    @Test func `what cannot be opened is thrown`() async throws {
        await #expect(throws: PenstockError.self) { try await VideoReader("/nowhere.mp4") }
    }
}

private final class Failures: @unchecked Sendable {
    private let lock = NSLock()
    private var list: [Int] = []

    func append(_ number: Int) {
        lock.withLock { list.append(number) }
    }

    var numbers: [Int] { lock.withLock { list } }
}
