import CFFmpeg
import PenstockCore
import PenstockImages
import TestClips
import Testing

@testable import PenstockVideo

@Suite struct DeinterlacerTests {
    private func decoded(_ clip: String, deinterlaces: Bool) throws -> DecodedClip {
        try DecodedClip(clip) { $0.deinterlaces = deinterlaces }
    }

    /// The checksums of all frames as `ffmpeg` makes them, by a chain of filters.
    private func reference(_ clip: String, _ filters: String) throws -> [String] {
        let lines = try FFmpegProgram.run(
            "ffmpeg",
            ["-i", clip, "-an", "-vf", filters, "-f", "framehash", "-hash", "CRC32", "-"]
        )
        return lines.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { String($0.split(separator: ",").last!.drop { $0 == " " }) }
    }

    private static let interlaced =
        Clips.source("320x180", seconds: 1, rate: "50") + [
            "-vf", "tinterlace=interleave_top,fieldorder=tff", "-c:v", "libx264", "-flags", "+ilme+ildct",
            "-pix_fmt", "yuv420p",
        ]

    private func interlacedClip() throws -> String {
        try Clips.make("interlaced.mp4", Self.interlaced)
    }

    @Test func makesTheFramesThatFFmpegMakes() throws {
        let clip = try interlacedClip()
        let frames = try decoded(clip, deinterlaces: true).frames.map(\.checksum)
        #expect(frames == (try reference(clip, "yadif=deint=interlaced")))
        #expect(frames != (try reference(clip, "null")))
    }

    @Test func keepsEachFramesMoment() throws {
        let clip = try interlacedClip()
        let (woven, plain) = (try decoded(clip, deinterlaces: true), try decoded(clip, deinterlaces: false))
        #expect(woven.moments.count > 20)
        #expect(woven.moments == plain.moments)
        #expect(woven.failures.isEmpty)
    }

    @Test func leavesProgressiveFramesAlone() throws {
        let clip = try Clips.make("progressive.mp4", Clips.source(seconds: 0.5) + ["-pix_fmt", "yuv420p"])
        let (woven, plain) = (try decoded(clip, deinterlaces: true), try decoded(clip, deinterlaces: false))
        #expect(woven.frames == plain.frames)
        #expect(woven.moments == plain.moments)
    }

    @Test(arguments: [
        VideoSampling(.every(3)), VideoSampling(.every(9), start: .milliseconds(500)),
        VideoSampling(.interval(.milliseconds(300))),
        VideoSampling(.times([.zero, .milliseconds(410), .milliseconds(960)])),
        VideoSampling(.keyframes), VideoSampling(end: .milliseconds(200)),
    ])
    func givesTheFramesThatASamplingAsksFor(sampling: VideoSampling) throws {
        let clip = try Clips.make("interlaced-gop.mp4", Self.interlaced + ["-g", "5", "-bf", "2"])
        let plain = try DecodedClip(clip, sampling)
        let woven = try DecodedClip(clip) { options in
            options.sampling = sampling
            options.deinterlaces = true
        }
        #expect(woven.moments == plain.moments)
        #expect(woven.failures.count == plain.failures.count)
        #expect(!woven.frames.isEmpty && woven.frames != plain.frames)
    }

    @Test func followsAChangeOfSize() throws {
        let deinterlacer = try Deinterlacer()
        let sizes = [(32, 16), (32, 16), (16, 16), (2, 2), (32, 16)].map { ImageSize(width: $0.0, height: $0.1) }
        let frame = av_frame_alloc()!
        var out: [ImageSize] = []
        var times: [Int64] = []
        func take() throws {
            while try deinterlacer.take(into: frame) {
                out.append(ImageSize(width: Int(frame.pointee.width), height: Int(frame.pointee.height)))
                times.append(frame.pointee.pts)
                av_frame_unref(frame)
            }
        }
        for (index, size) in sizes.enumerated() {
            let source = DrawnFrames.make(index, time: nil, size: size)
            av_frame_ref(frame, source.pointer)
            frame.pointee.pts = Int64(index * 7)
            try deinterlacer.add(frame)
            try take()
        }
        try deinterlacer.close()
        try take()
        #expect(out == sizes)
        #expect(times == [0, 7, 14, 21, 28])
        var freed: UnsafeMutablePointer<AVFrame>? = frame
        av_frame_free(&freed)
    }
}
