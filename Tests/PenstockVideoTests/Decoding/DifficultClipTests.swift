import Foundation
import PenstockCore
import PenstockVideo
import TestClips
import Testing

/// Clips in which something is out of the ordinary.
@Suite struct DifficultClipTests {
    private func compare(_ path: String) throws -> DecodedClip {
        let expected = try ReferenceFrames.all(path)
        let decoded = try DecodedClip(path)
        #expect(!expected.isEmpty)
        #expect(decoded.frames == expected)
        return decoded
    }

    private static let x264 = ComparedClip.x264

    @Test func `an edit list hides the frames that it hides from ffmpeg`() throws {
        let whole = try Clips.make("forEdit.mp4", Clips.source("192x108") + Self.x264 + ["-g", "20", "-bf", "2"])
        let path = try Clips.make("edited.mp4", ["-ss", "0.5", "-i", whole, "-c", "copy"])
        let decoded = try compare(path)
        #expect(decoded.moments.map(\.frame) == Array(decoded.moments.indices))
        #expect(decoded.failures.isEmpty)
        #expect(decoded.description.frameCount == decoded.frames.count)
        let third = try DecodedClip(path, VideoSampling(.every(3)))
        #expect(third.frames == decoded.frames.indices.filter { $0 % 3 == 0 }.map { decoded.frames[$0] })
    }

    @Test(arguments: ["mp4", "mkv", "ts"])
    func `times of a varying rate are those of the container`(kind: String) throws {
        let path = try Clips.make(
            "vfr.\(kind)",
            Clips.source("192x108", seconds: 3, rate: "30") + [
                "-vf", "select='not(mod(n,7))+not(mod(n,5))+lt(n,20)'", "-fps_mode", "vfr",
            ] + Self.x264 + ["-bf", "2"]
        )
        let decoded = try compare(path)
        #expect(Set(zip(decoded.moments, decoded.moments.dropFirst()).map { $1.time! - $0.time! }).count > 2)
    }

    @Test(arguments: [("321x181", "yuv444p"), ("322x182", "yuv420p"), ("318x179", "yuv422p")])
    func `odd sizes are whole`(size: String, format: String) throws {
        let scale = "format=\(format),scale=\(size.replacingOccurrences(of: "x", with: ":"))"
        let arguments = ["-vf", scale, "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", format]
        let path = try Clips.make("odd\(size).mkv", Clips.source("320x180", seconds: 0.6) + arguments)
        let decoded = try compare(path)
        #expect(decoded.sizes.allSatisfy { "\($0.width)x\($0.height)" == size })
    }

    @Test(
        arguments: ["h264.ts", "pyramid.mp4", "vp9.webm", "asp.avi", "mjpeg.avi", "baseline.mkv", "mpeg2.ts"],
        [1, 2]
    )
    func `a broken middle costs what it costs ffmpeg, and says so`(name: String, threads: Int) throws {
        let source = try ComparedClip.all.first { $0.name == name }!.path()
        var data = try Data(contentsOf: URL(fileURLWithPath: source))
        let middle = data.count / 2
        data.replaceSubrange(middle..<middle + 12_000, with: Data(count: 12_000))
        let path = Clips.folder.appendingPathComponent("broken\(threads)-\(name)").path
        try data.write(to: URL(fileURLWithPath: path))
        let expected = try ReferenceFrames.all(path, threads: threads)
        let decoded = try DecodedClip(path) { $0.threads = threads }
        expectSame(decoded.frames.map(\.checksum), expected.map(\.checksum), name, threads: threads)
        #expect(decoded.frames.count < 50)
        #expect(!decoded.failures.isEmpty)
        #expect(decoded.moments.map(\.frame) == decoded.moments.map(\.frame).sorted())
    }

    /// MJPEG leaves what it cannot decode of a picture as it finds it in memory: such a picture is no picture to compare.
    /// Nor is the damaged one where several threads decode: it is filled with what another thread has got to by then.
    private func expectSame<Fact: Equatable>(_ facts: [Fact], _ expected: [Fact], _ name: String, threads: Int = 1) {
        #expect(facts.count == expected.count)
        let different = zip(facts, expected).count { $0 != $1 }
        #expect(different <= (name == "mjpeg.avi" || threads > 1 ? 1 : 0))
    }

    @Test(arguments: [
        "h264.ts", "vp9.webm", "asp.avi", "mjpeg.avi", "baseline.mkv", "h264.flv", "quick.mov", "pyramid.mp4",
    ])
    func `a clip cut short ends with a failure`(name: String) throws {
        var source = try ComparedClip.all.first { $0.name == name }!.path()
        if name.hasSuffix("mp4") || name.hasSuffix("mov") {
            source = try Clips.make("fast-\(name)", ["-i", source, "-c", "copy", "-movflags", "+faststart"])
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: source))
        let path = Clips.folder.appendingPathComponent("cut-\(name)").path
        try data.prefix(data.count * 2 / 3).write(to: URL(fileURLWithPath: path))
        let decoded = try DecodedClip(path)
        expectSame(decoded.frames, try ReferenceFrames.all(path), name)
        // A transport stream says nowhere how long it is.
        #expect(decoded.failures.isEmpty == (name == "h264.ts"))
        #expect(decoded.failures.allSatisfy { [.corrupt, .truncated].contains($0.error.code) })
    }
}
