import Foundation
import PenstockCore
import PenstockVideo
import TestClips
import Testing

/// Sampled frames are those of a full decode, to the byte, with the same numbers and times.
@Suite struct SampledDecodingTests {
    static let clips = ComparedClip.all.filter { !["asp.avi"].contains($0.name) }

    static let samplings: [VideoSampling] =
        [2, 3, 5, 7, 24, 1000].map { VideoSampling(.every($0)) } + [
            VideoSampling(.interval(.milliseconds(300))),
            VideoSampling(.interval(.milliseconds(10))),
            VideoSampling(.interval(.seconds(1))),
            VideoSampling(start: .milliseconds(700)),
            VideoSampling(start: .milliseconds(410), end: .milliseconds(1300)),
            VideoSampling(end: .milliseconds(50)),
            VideoSampling(.every(4), start: .milliseconds(1500)),
            VideoSampling(.frames(10..<40, step: 6)),
            VideoSampling(.frames(37..<38, step: 1)),
            VideoSampling(
                .times([.zero, .milliseconds(30), .milliseconds(35), .milliseconds(1001), .milliseconds(1999)])
            ),
        ]

    @Test(arguments: clips, [1, 3])
    func `gives the frames that a full decode gives`(clip: ComparedClip, threads: Int) throws {
        let path = try clip.path()
        let whole = try DecodedClip(path)
        for sampling in Self.samplings {
            let expected = wanted(sampling, of: whole)
            let sampled = try DecodedClip(path) { ($0.sampling, $0.threads) = (sampling, threads) }
            #expect(sampled.moments == expected.map { whole.moments[$0] }, "\(sampling)")
            #expect(sampled.frames == expected.map { whole.frames[$0] }, "\(sampling)")
            #expect(sampled.failures.isEmpty, "\(sampling): \(sampled.failures)")
        }
    }

    /// What a sampling picks, worked out in the plainest way.
    private func wanted(_ sampling: VideoSampling, of whole: DecodedClip) -> [Int] {
        let start = whole.description.start ?? .zero
        let times = whole.moments.map { ($0.time ?? .zero) - start }
        let inside = times.indices.filter {
            times[$0] >= sampling.start ?? times[$0] && times[$0] < sampling.end ?? .seconds(99)
        }
        switch sampling.choice {
        case .every(let step): return inside.filter { $0 % step == 0 }
        case .frames(let range, let step):
            return inside.filter { range.contains($0) && ($0 - range.lowerBound) % step == 0 }
        case .keyframes, .stretches: return inside
        case .times(let wanted): return wanted.map { time in times.lastIndex { $0 <= time } ?? 0 }
        case .interval(let interval):
            var picked: [Int] = []
            for multiple in 0..<300 {
                guard let first = inside.first(where: { times[$0] >= interval * multiple }) else { break }
                if picked.last != first { picked.append(first) }
            }
            return picked
        }
    }

    @Test(arguments: ["pyramid.mp4", "open.mp4", "vp9.webm", "asp.mp4", "mjpeg.avi", "h264.ts", "av1.mkv"])
    func `gives the keyframes that ffprobe finds`(name: String) throws {
        let path = try ComparedClip.all.first { $0.name == name }!.path()
        let whole = try DecodedClip(path)
        let flags = try FFmpegProgram.run(
            "ffprobe",
            ["-v", "quiet", "-select_streams", "v:0", "-show_entries", "frame=key_frame", "-of", "csv=p=0", path]
        )
        let keys = flags.split(separator: "\n").enumerated().filter { $0.element.hasPrefix("1") }.map(\.offset)
        let sampled = try DecodedClip(path, VideoSampling(.keyframes))
        #expect(sampled.moments.map(\.frame) == keys)
        #expect(sampled.frames == keys.map { whole.frames[$0] })
        for length in [Duration.milliseconds(200), .milliseconds(500), .seconds(1)] {
            let stretches = try DecodedClip(path, VideoSampling(.stretches(length)))
            let wanted = Self.firsts(of: length, keys, whole)
            #expect(stretches.moments.map(\.frame) == wanted, "\(name) \(length)")
            #expect(stretches.frames == wanted.map { whole.frames[$0] }, "\(name) \(length)")
        }
    }

    /// The first keyframe of each stretch, or its first frame where it has none.
    private static func firsts(of length: Duration, _ keys: [Int], _ whole: DecodedClip) -> [Int] {
        let start = whole.description.start ?? .zero
        let stretches = Dictionary(grouping: whole.moments.indices) { index in
            Int(((whole.moments[index].time ?? .zero) - start) / length)
        }
        return stretches.keys.sorted().map { stretch in
            let frames = stretches[stretch]!
            return frames.first { keys.contains($0) } ?? frames[0]
        }
    }
}
