import Foundation
import PenstockCore
import PenstockVideo
import TestClips
import Testing

/// Clips that are compared with `ffmpeg` from the first frame to the last.
struct ComparedClip: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]

    var testDescription: String { name }

    static let x264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p"]
    static let x265 = [
        "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-pix_fmt", "yuv420p",
    ]

    static let all: [ComparedClip] = [
        ComparedClip("pyramid.mp4", x264 + ["-bf", "3", "-b-pyramid", "normal", "-g", "24"]),
        ComparedClip("baseline.mkv", x264 + ["-profile:v", "baseline"]),
        ComparedClip("open.mp4", x265 + ["-x265-params", "open-gop=1:keyint=12:bframes=3:log-level=none"]),
        ComparedClip("vp9.webm", ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "20"]),
        ComparedClip("vp8.webm", ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-auto-alt-ref", "1"]),
        ComparedClip("av1.mkv", ["-c:v", "libsvtav1", "-preset", "12", "-g", "20", "-pix_fmt", "yuv420p"]),
        ComparedClip("mjpeg.avi", ["-c:v", "mjpeg", "-q:v", "4", "-pix_fmt", "yuvj420p"]),
        ComparedClip("asp.avi", ["-c:v", "mpeg4", "-bf", "2", "-g", "12"]),
        ComparedClip("asp.mp4", ["-c:v", "mpeg4", "-bf", "2", "-g", "12"]),
        ComparedClip("mpeg2.ts", ["-c:v", "mpeg2video", "-bf", "2", "-g", "12"]),
        ComparedClip("h264.ts", x264 + ["-bf", "2", "-g", "15"]),
        ComparedClip("h264.flv", x264 + ["-bf", "2", "-g", "15"]),
        ComparedClip("late.ts", x264 + ["-output_ts_offset", "100"]),
        ComparedClip("deep.mkv", ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv422p10le"]),
        ComparedClip("woven.mp4", x264 + ["-flags", "+ildct+ilme", "-x264opts", "tff=1"]),
        ComparedClip("lossless.mkv", ["-c:v", "ffv1"]),
        ComparedClip("quick.mov", ["-c:v", "prores_ks"]),
    ]

    init(_ name: String, _ arguments: [String]) {
        self.name = name
        self.arguments = arguments
    }

    func path() throws -> String {
        try Clips.make(name, Clips.source("192x108", seconds: 2) + arguments)
    }
}

@Suite struct VideoInputTests {
    @Test(arguments: ComparedClip.all, [1, 3])
    func `gives every frame as ffmpeg does, at its time`(clip: ComparedClip, threads: Int) throws {
        let path = try clip.path()
        let expected = try ReferenceFrames.all(path)
        let decoded = try DecodedClip(path) { $0.threads = threads }
        #expect(!expected.isEmpty)
        #expect(decoded.frames == expected)
        #expect(decoded.moments.map(\.frame) == Array(expected.indices))
        #expect(decoded.failures.isEmpty, "\(decoded.failures)")
    }

    @Test(arguments: ["pyramid.mp4", "h264.ts", "open.mp4", "asp.mp4", "mpeg2.ts", "vp9.webm", "av1.mkv", "mjpeg.avi"])
    func `low delay costs no frame and no order`(name: String) throws {
        let path = try ComparedClip.all.first { $0.name == name }!.path()
        let decoded = try DecodedClip(path) { ($0.isLowDelay, $0.threads) = (true, 2) }
        #expect(decoded.frames == (try ReferenceFrames.all(path)))
        #expect(decoded.failures.isEmpty)
    }
}
