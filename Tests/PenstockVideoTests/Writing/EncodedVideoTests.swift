import CFFmpeg
import Foundation
import PenstockCore
import PenstockImages
import Testing

@testable import PenstockVideo

@Suite struct EncodedVideoTests {
    private let folder = Scratch()

    private func write(
        _ name: String,
        _ frames: [VideoFrame],
        source: VideoLocation? = nil,
        label: String = "shape"
    ) async throws -> (path: String, notes: [String]) {
        let path = folder.path(name)
        let video = try EncodedVideo(to: FilePath(path), source: source, draws: true)
        for frame in frames { try await video.write(frame, annotation(frame, label)) }
        try await video.finish()
        #expect(video.report == (frames.count, 0))
        return (path, video.notes)
    }

    private func annotation(_ frame: VideoFrame, _ label: String) -> Annotation {
        Annotation(
            lines: [.init(label: label, score: 0.93), .init(label: "other", score: 0.04)],
            time: frame.moment.time,
            note: "note"
        )
    }

    private func frames(_ count: Int, size: ImageSize = ImageSize(width: 320, height: 180)) -> [VideoFrame] {
        (0..<count).map { DrawnFrames.make($0, time: .milliseconds(40 * $0), size: size) }
    }

    @Test(arguments: ["mp4", "mov", "mkv"]) func writesH264ThatBrowsersPlay(ending: String) async throws {
        let (path, notes) = try await write("plain.\(ending)", frames(12))
        #expect(try Probe.stream(path, "v", "codec_name,profile,width,height,pix_fmt") == "h264,High,320,180,yuv420p")
        #expect(try Probe.packets(path, "v").count == 12)
        #expect(notes.isEmpty)
        #expect(folder.names == ["plain.\(ending)"])
    }

    @Test func putsTheIndexInFront() async throws {
        let (path, _) = try await write("front.mp4", frames(5))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let index = try #require(bytes.range(of: Data("moov".utf8)))
        let media = try #require(bytes.range(of: Data("mdat".utf8)))
        #expect(index.lowerBound < media.lowerBound)
    }

    /// Tolerance: one tick of the file, 1/90000 s, and what `ffprobe` rounds away.
    @Test func keepsTimesOfVariableRate() async throws {
        let times = [0, 33, 34, 100, 450, 451, 1200]
        let frames = times.enumerated().map { index, time in
            DrawnFrames.make(index, time: .milliseconds(7000 + time), duration: .milliseconds(250))
        }
        let packets = try Probe.packets(try await write("variable.mp4", frames).path, "v")
        #expect(packets.map { ($0.time * 90000).rounded() } == times.map { Double($0) * 90 })
        #expect(packets.last.map { abs($0.duration - 0.25) < 0.0001 } == true)
    }

    @Test func straightensTimesThatAreAbsentOrRunBack() async throws {
        let times: [Duration?] = [
            nil, .zero, nil, .milliseconds(60), .seconds(-90), .seconds(-89.96), .zero, .seconds(1 << 62),
        ]
        let frames = times.enumerated().map { DrawnFrames.make($0, time: $1) }
        let (path, notes) = try await write("wild.mp4", frames)
        let packets = try Probe.packets(path, "v")
        #expect(packets.count == times.count)
        #expect(zip(packets, packets.dropFirst()).allSatisfy { $0.time < $1.time })
        #expect(notes.count == 2)
    }

    @Test(arguments: [(321, 181, "320,180"), (1, 1, "2,2"), (3, 7, "2,6"), (16, 16, "16,16")])
    func makesSizesEven(width: Int, height: Int, expected: String) async throws {
        let (path, _) = try await write("even\(width).mp4", frames(3, size: ImageSize(width: width, height: height)))
        #expect(try Probe.stream(path, "v", "width,height") == expected)
    }

    @Test func turnsPixelsUpright() async throws {
        let frame = DrawnFrames.make(0, time: .zero, orientation: .quarterTurn)
        let (path, _) = try await write("turned.mp4", [frame])
        #expect(try Probe.stream(path, "v", "width,height") == "180,320")
    }

    @Test func scalesLaterFramesIntoTheFirstOnesSize() async throws {
        let (path, _) = try await write(
            "resized.mp4",
            frames(3) + [
                DrawnFrames.make(3, time: .milliseconds(120), size: ImageSize(width: 161, height: 91)),
                DrawnFrames.make(4, time: .milliseconds(160), format: AV_PIX_FMT_RGB24),
                DrawnFrames.make(5, time: .milliseconds(200), format: AV_PIX_FMT_YUV422P10LE),
            ]
        )
        #expect(try Probe.stream(path, "v", "width,height") == "320,180")
        #expect(try Probe.packets(path, "v").count == 6)
    }

    @Test func tagsRGBAsWhatItHasBecome() async throws {
        let frame = DrawnFrames.make(0, time: .zero, format: AV_PIX_FMT_GBRP)
        frame.pointer.pointee.colorspace = AVCOL_SPC_RGB
        let (path, _) = try await write("rgb.mp4", [frame])
        #expect(try Probe.stream(path, "v", "color_range") == "tv")
        #expect(try Probe.stream(path, "v", "color_space") == "bt709")
    }

    @Test(arguments: [
        "plain", "quote ' \" and \\ and : and % and %{n} %{metadata:x}", "a],[b;drawbox=c=red:t=fill,null[",
        "two\nlines\r\0end",
        "émigré 中文 שלום 😀\u{202E}turned", "", String(repeating: "long ", count: 10000),
    ])
    func drawsAnyLabelAsItIs(label: String) async throws {
        let (path, _) = try await write("label.mp4", frames(2), label: label)
        let rows = try Probe.gray(path)
        // Frame 0 is flat at 60; the tolerance is the encoder's.
        let isDrawn = (0..<180).map { y in (0..<320).contains { abs(Int(rows[y * 320 + $0]) - 60) > 12 } }
        #expect(isDrawn[0..<60].contains(true))
        #expect(!isDrawn[60..<140].contains(true))
        #expect(isDrawn[140..<180].contains(true))
    }

    @Test func leavesFramesOfOthersAlone() async throws {
        let frame = DrawnFrames.make(0, time: .zero)
        let before = frame.pointer.pointee.data.0![330]
        _ = try await write("shared.mp4", [frame])
        #expect(frame.pointer.pointee.data.0![330] == before)
        #expect(frame.pointer.pointee.metadata == nil)
    }

    @Test func dropsAndCountsWhenFullAndLive() async throws {
        let video = try EncodedVideo(to: FilePath(folder.path("live.mp4")), draws: true, queue: 1, whenFull: .drop)
        var taken = 0
        for frame in frames(200, size: ImageSize(width: 640, height: 360)) {
            if try await video.write(frame, annotation(frame, "live")) { taken += 1 }
        }
        try await video.finish()
        #expect(video.report == (taken, 200 - taken))
        #expect(taken > 0 && taken < 200)
    }

    @Test func waitsAndLosesNothingOtherwise() async throws {
        let video = try EncodedVideo(to: FilePath(folder.path("wait.mp4")), draws: true, queue: 1)
        let pool = FramePool(limit: 100)
        for index in 0..<60 {
            let frame = DrawnFrames.make(index, time: .milliseconds(40 * index), pool: pool)
            #expect(try await video.write(frame, annotation(frame, "wait")))
            // The one in the queue, the one being drawn, and ours.
            #expect(pool.lentCount <= 3)
        }
        try await video.finish()
        #expect(video.report == (60, 0))
        #expect(pool.lentCount == 0)
    }

    @Test func leavesNothingBehindWhenCancelled() async throws {
        let video = try EncodedVideo(to: FilePath(folder.path("gone.mp4")), draws: true)
        for frame in frames(30) { try await video.write(frame, annotation(frame, "x")) }
        video.cancel()
        await #expect(throws: CancellationError.self) { try await video.finish() }
        await #expect(throws: CancellationError.self) { try await video.write(frames(1)[0], Annotation()) }
        #expect(folder.names.isEmpty)
    }

    @Test func endsAWaitForRoomThatIsCancelled() async throws {
        let video = try EncodedVideo(to: FilePath(folder.path("waiting.mp4")), draws: true, queue: 1)
        let frames = frames(500, size: ImageSize(width: 640, height: 360))
        let task = Task { for frame in frames { try await video.write(frame, annotation(frame, "x")) } }
        while video.report.written < 2 { try await Task.sleep(for: .milliseconds(1)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        video.cancel()
        _ = try? await video.finish()
        #expect(folder.names.isEmpty)
    }

    @Test func saysThatTheDiskIsFull() async throws {
        let path = folder.path("full.mp4")
        try FileManager.default.createSymbolicLink(atPath: path + ".partial", withDestinationPath: "/dev/full")
        let video = try EncodedVideo(to: FilePath(path), draws: true)
        let error = await #expect(throws: PenstockError.self) {
            for frame in frames(2000) { try await video.write(frame, annotation(frame, "x")) }
            try await video.finish()
        }
        #expect(error?.message.contains("the disk is full") == true)
        #expect(folder.names.isEmpty)
    }

    @Test func refusesWhatCannotBeWritten() async throws {
        let names = ["clip.avi", "clip", "nowhere/clip.mp4"]
        for name in names {
            #expect(throws: PenstockError.self) { try EncodedVideo(to: FilePath(folder.path(name)), draws: true) }
        }
        let nothing = try EncodedVideo(to: FilePath(folder.path("empty.mp4")), draws: true)
        await #expect(throws: PenstockError.self) { try await nothing.finish() }
        #expect(folder.names.isEmpty)
    }

    /// Decodes what was written.
    private func decoded(_ path: String) throws -> [VideoFrame] {
        let pool = FramePool(limit: 100)
        let input = try VideoInput(
            .file(FilePath(path)),
            options: VideoOptions(),
            pool: pool,
            stopping: CancellationFlag()
        )
        var frames: [VideoFrame] = []
        while let element = input.next() {
            if case .frame(let frame) = element { frames.append(frame) }
        }
        return frames
    }

    /// Within 3 levels: what rounding in YUV and a fine encoder change in flat colours.
    @Test(
        arguments: [[200, 30, 60], [20, 180, 90], [0, 0, 255], [255, 255, 255], [90], [0], [10, 200, 60, 128]]
            as [[UInt8]]
    )
    func keepsColorsOfPicturesThatAreNotDrawnOn(samples: [UInt8]) async throws {
        let path = folder.path("flat.mp4")
        let size = ImageSize(width: 64, height: 48)
        let video = try EncodedVideo(to: FilePath(path), draws: false, quality: 4)
        #expect(video.written == nil)
        let pool = FramePool(limit: 3)
        for index in 0..<5 {
            let moment = FrameMoment(frame: index, time: .milliseconds(40 * index), duration: .milliseconds(40))
            try await video.write(VideoFrame(NoisePicture.flat(samples, size), moment: moment, from: pool))
        }
        try await video.finish()
        let written = try #require(video.written)
        #expect(written.frames == 5)
        #expect(written.size == size)
        #expect(written.bytes == (try Data(contentsOf: URL(fileURLWithPath: path)).count))
        #expect(try Probe.stream(path, "v", "color_range") == "tv")
        #expect(try Probe.stream(path, "v", "color_space") == "bt709")
        let expected = samples.count == 1 ? [samples[0], samples[0], samples[0]] : samples
        for frame in try decoded(path) {
            let bytes = try frame.pixels().bytes
            #expect(bytes.indices.allSatisfy { abs(Int(bytes[$0]) - Int(expected[$0 % 3])) <= 3 })
        }
    }

    @Test func encodesAsFinelyAsAsked() async throws {
        var sizes: [Int] = []
        for quality in [5, 23, nil, 45] {
            let video = try EncodedVideo(to: FilePath(folder.path("q.mp4")), draws: false, quality: quality)
            let pool = FramePool(limit: 3)
            for index in 0..<4 {
                let moment = FrameMoment(frame: index, time: .milliseconds(40 * index), duration: .milliseconds(40))
                try await video.write(VideoFrame(NoisePicture.make(.rgb, seed: index), moment: moment, from: pool))
            }
            try await video.finish()
            sizes.append(try #require(video.written).bytes)
        }
        #expect(sizes[0] > sizes[1] && sizes[1] == sizes[2] && sizes[2] > sizes[3])
        for quality in [-1, 52] {
            #expect(throws: PenstockError.self) {
                try EncodedVideo(to: FilePath(folder.path("q.mp4")), draws: false, quality: quality)
            }
        }
    }

    @Test func doesNotWriteOverItsSource() throws {
        let source = folder.path("clip.mp4")
        try Data("x".utf8).write(to: URL(fileURLWithPath: source))
        #expect(throws: PenstockError.self) {
            try EncodedVideo(to: FilePath(source), source: .file(FilePath(source)), draws: true)
        }
    }
}

/// A folder of one test's own, gone with it.
final class Scratch: Sendable {
    let url: URL

    init() {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-scratch-\(UUID().uuidString)")
        try! FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// The names in the folder, but for those that probing leaves.
    var names: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: url.path))?.filter { !$0.hasSuffix(".gray") }.sorted()
            ?? []
    }
}
