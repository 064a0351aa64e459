import CFFmpeg
import Foundation
import PenstockCore
import PenstockImages
import TestClips
import Testing

@testable import PenstockVideo

@Suite struct StreamFilterTests {
    private static func clip() throws -> String {
        try Clips.make("filtered.mkv", Clips.source("160x90", seconds: 1) + ["-c:v", "ffv1"])
    }

    /// What the `ffmpeg` program makes of a clip.
    private func byProgram(_ path: String, _ description: String) throws -> [FrameFacts] {
        let text = try FFmpegProgram.run(
            "ffmpeg",
            [
                "-v", "error", "-i", path, "-vf", description, "-fps_mode", "passthrough", "-f", "framehash", "-hash",
                "CRC32", "-",
            ]
        )
        let lines = text.split(separator: "\n")
        let unit = try #require(lines.first { $0.hasPrefix("#tb 0:") }).split(separator: " ").last!
            .split(separator: "/").map { Double($0)! }
        return lines.filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            let time = String(format: "%.6f", Double(fields[2])! * unit[0] / unit[1])
            return FrameFacts(checksum: fields[5], time: time)
        }
    }

    /// What comes out where a clip's frames go in, through pools that lend one frame at a time.
    private func filter(_ path: String, _ description: String) throws -> [FrameFacts] {
        let (source, made) = (FramePool(limit: 1), FramePool(limit: 1))
        let input = try VideoInput(
            .file(FilePath(path)),
            options: VideoOptions(),
            pool: source,
            stopping: CancellationFlag()
        )
        let filter = try StreamFilter(description)
        var facts: [FrameFacts] = []
        let take: StreamFilter.Taker = {
            facts.append(FrameFacts(checksum: $0.checksum, time: $0.time?.sixDigits))
        }
        while let element = input.next() {
            if case .frame(let frame) = element { try filter.add(frame, pool: made, take) }
        }
        try filter.finish(pool: made, take)
        #expect(source.lentCount == 0 && made.lentCount == 0)
        return facts
    }

    /// Exact, pixels and times.
    @Test(arguments: [
        "hflip", "vflip", "scale=80:44", "fps=5", "fps=60", "tmix=frames=3", "drawbox=10:10:40:30:red:4",
        "select=not(mod(n\\,3))", "yadif", "tile=2x2", "setpts=2*PTS", "reverse", "minterpolate=fps=10:mi_mode=blend",
        "trim=start_frame=5:end_frame=9", "split[a][b];[b]vflip[c];[a][c]vstack", "eq=contrast=1.3", "tblend=average",
        "setpts=N/(5*TB)", "loop=loop=2:size=3", "framerate=fps=50", "format=gray", "format=rgb24,negate",
    ])
    func agreesWithTheProgram(description: String) throws {
        let path = try Self.clip()
        let made = try filter(path, description)
        #expect(made == (try byProgram(path, description)))
        #expect(!made.isEmpty)
    }

    private func moments(_ description: String, _ frames: [VideoFrame]) throws -> [FrameMoment] {
        try run(description, frames).map(\.moment)
    }

    private func run(_ description: String, _ frames: [VideoFrame]) throws -> [VideoFrame] {
        let (filter, pool) = (try StreamFilter(description), FramePool(limit: 1000))
        var made: [VideoFrame] = []
        for frame in frames { try filter.add(frame, pool: pool) { made.append($0) } }
        try filter.finish(pool: pool) { made.append($0) }
        return made
    }

    private func frames(_ times: [Duration?], first: Int = 0, duration: Duration? = .milliseconds(40)) -> [VideoFrame] {
        times.enumerated().map {
            DrawnFrames.make(first + $0, time: $1, duration: duration, size: ImageSize(width: 32, height: 16))
        }
    }

    @Test func keepsTimesThatFiltersLeaveAlone() throws {
        let third = Duration.seconds(1) / 3
        let times: [Duration] = [.seconds(-2), .milliseconds(7), third, third * 2, .seconds(7200), .seconds(7200.5)]
        let made = try moments("hflip", frames(times))
        #expect(made.map { $0.time } == times)
        #expect(made.map(\.frame) == Array(0..<6))
        // Each lasts until the next; the last as long as its source.
        #expect(made[0].duration == .milliseconds(2007))
        #expect(made[5].duration == .milliseconds(40))
    }

    @Test func numbersFromTheFirstFrameOn() throws {
        let made = try moments("fps=50", frames((0..<4).map { .milliseconds(40 * $0) }, first: 100))
        #expect(made.map(\.frame) == Array(100..<108))
        #expect(made.allSatisfy { $0.duration == .milliseconds(20) })
    }

    @Test func tellsNoTimesWhereThereAreNone() throws {
        let made = try moments("null", frames([nil, nil, nil]))
        #expect(made.map(\.time) == [nil, nil, nil])
        #expect(made.count == 3)
    }

    @Test func beginsAnewWhereTimesJump() throws {
        // A constant rate would be filled up for a year, or wait for it.
        let times: [Duration] = [0, 40, 31_536_000_000, 31_536_000_040, 5000].map { .milliseconds($0) }
        let made = try moments("fps=25", frames(times))
        #expect(made.map(\.time) == times)
    }

    @Test func straightensFramesOutOfPlace() throws {
        let times: [Duration] = [.zero, .milliseconds(80), .milliseconds(40), .milliseconds(120)]
        let made = try moments("null", frames(times)).compactMap(\.time)
        #expect(made.count == 4)
        #expect(zip(made, made.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func showsFiltersUprightFrames() throws {
        let size = ImageSize(width: 32, height: 16)
        for number in 1...8 {
            let orientation = try #require(Orientation(rawValue: number))
            let source = DrawnFrames.make(0, time: .zero, size: size, orientation: orientation)
            // A corner of the stored picture, which filters see where turning takes it.
            source.pointer.pointee.data.0![0] = 200
            let seen = try source.pixels()
            let frame = try #require(try run("null", [source]).first)
            #expect(frame.orientation == .upright)
            #expect(frame.size == source.size)
            #expect(try frame.pixels() == seen)
            let left = try #require(try run("crop=8:8:0:0", [source]).first)
            #expect(left.size == ImageSize(side: 8))
        }
    }

    @Test func goesOnWhereShapesChange() throws {
        let made = try run(
            "tmix=frames=2,scale=iw*2:ih",
            [
                DrawnFrames.make(0, time: .zero, size: ImageSize(width: 32, height: 16)),
                DrawnFrames.make(1, time: .milliseconds(40), size: ImageSize(width: 64, height: 16)),
                DrawnFrames.make(
                    2,
                    time: .milliseconds(80),
                    size: ImageSize(width: 64, height: 16),
                    orientation: .mirrored
                ),
                DrawnFrames.make(
                    3,
                    time: .milliseconds(120),
                    size: ImageSize(width: 64, height: 16),
                    format: AV_PIX_FMT_RGB24
                ),
            ]
        )
        #expect(made.map(\.size.width) == [64, 128, 128, 128])
        #expect(made.map(\.frame) == [0, 1, 2, 3])
    }

    /// Within 3 levels of what went in: through YUV and back.
    @Test func keepsColorsOfFramesMadeOfPixels() throws {
        for samples in [[200, 30, 60], [20, 180, 90], [10, 20, 240], [128]] as [[UInt8]] {
            let pool = FramePool(limit: 1)
            let frame = try VideoFrame(NoisePicture.flat(samples), moment: FrameMoment(frame: 0), from: pool)
            for description in ["hflip", "eq=contrast=1.0:saturation=1.0:gamma=1.0001", "format=yuv420p"] {
                let made = try #require(try run(description, [frame]).first)
                let pixel = try made.pixels().bytes.prefix(3)
                let expected = samples.count == 1 ? [samples[0], samples[0], samples[0]] : samples
                #expect(zip(pixel, expected).allSatisfy { abs(Int($0) - Int($1)) <= 3 }, "\(description): \(pixel)")
            }
        }
    }

    @Test func leavesFramesOfOthersAlone() throws {
        let frame = frames([.zero])[0]
        let before = try frame.pixels()
        _ = try run("drawbox=c=red:t=fill,negate", [frame])
        #expect(try frame.pixels() == before)
        #expect(frame.pointer.pointee.pts != 1)
    }

    @Test func takesNothingMoreOnceFiltersHaveEnded() throws {
        let made = try moments("trim=end_frame=2", frames((0..<200).map { .milliseconds(40 * $0) }))
        #expect(made.map(\.frame) == [0, 1])
    }

    @Test(arguments: ["loop=-1:1", "color=red:size=8x8[c];[in][c]overlay"])
    func endsFiltersThatNeverEnd(description: String) throws {
        let (filter, pool) = (try StreamFilter(description, mostAtOnce: 300), FramePool(limit: 1))
        let error = #expect(throws: PenstockError.self) {
            for frame in frames([.zero, .milliseconds(40)]) { try filter.add(frame, pool: pool) { _ in } }
            try filter.finish(pool: pool) { _ in }
        }
        #expect(error?.message.contains("300 frames") == true)
        #expect(pool.lentCount == 0)
    }

    @Test func stopsWithItsPool() throws {
        let (filter, pool) = (try StreamFilter("null"), FramePool(limit: 1))
        pool.close()
        try filter.add(frames([.zero])[0], pool: pool) { _ in }
        let error = #expect(throws: PenstockError.self) { try filter.finish(pool: pool) { _ in } }
        #expect(error?.code == .cancelled)
    }

    @Test func handsOnWhatTheTakerThrows() throws {
        let (filter, pool) = (try StreamFilter("null"), FramePool(limit: 1))
        let refusal = PenstockError(.cancelled, at: .write, "no more")
        let frames = frames([.zero, .milliseconds(40)])
        try filter.add(frames[0], pool: pool) { _ in }
        let error = #expect(throws: PenstockError.self) {
            try filter.add(frames[1], pool: pool) { (_) throws(PenstockError) in throw refusal }
        }
        #expect(error == refusal)
        #expect(pool.lentCount == 0)
    }
}
