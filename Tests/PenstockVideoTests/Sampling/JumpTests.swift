import Foundation
import PenstockCore
import PenstockVideo
import TestClips
import Testing

/// Long files are not read through where their index leads to what is wanted; numbers and pixels stay exact.
@Suite struct JumpTests {
    static let kinds: [(String, [String])] = [
        ("long.mp4", ComparedClip.x264 + ["-g", "25", "-bf", "2"]),
        ("longOpen.mp4", ComparedClip.x265 + ["-x265-params", "open-gop=1:keyint=20:bframes=3:log-level=none"]),
        ("longAsp.mp4", ["-c:v", "mpeg4", "-bf", "2", "-g", "15"]),
        ("longOpen264.mov", ComparedClip.x264 + ["-x264opts", "open-gop=1:keyint=20:bframes=3"]),
        ("longFragmented.mp4", ComparedClip.x264 + ["-g", "25", "-movflags", "+frag_keyframe+empty_moov"]),
        ("long.mkv", ComparedClip.x264 + ["-g", "25", "-bf", "2"]),
    ]

    static let samplings: [VideoSampling] = [
        VideoSampling(.interval(.seconds(9))),
        VideoSampling(.every(333)),
        VideoSampling(.frames(700..<710, step: 3)),
        VideoSampling(.every(50), start: .milliseconds(25_010), end: .seconds(29)),
        VideoSampling(.times([.milliseconds(1), .milliseconds(20_999), .seconds(21), .milliseconds(39_970)])),
    ]

    static func path(_ name: String, _ arguments: [String]) throws -> String {
        try Clips.make(name, Clips.source("96x64", seconds: 40) + ["-threads", "2"] + arguments)
    }

    @Test(arguments: kinds.indices)
    func `frames behind a jump are those of a full decode`(kind: Int) throws {
        let (name, arguments) = Self.kinds[kind]
        let path = try Self.path(name, arguments)
        let whole = try DecodedClip(path)
        #expect(whole.frames.count == 1000)
        for sampling in Self.samplings {
            let sampled = try DecodedClip(path, sampling)
            #expect(!sampled.frames.isEmpty)
            for (moment, frame) in zip(sampled.moments, sampled.frames) {
                #expect(whole.moments[moment.frame] == moment, "\(name) \(sampling)")
                #expect(whole.frames[moment.frame] == frame, "\(name) \(sampling) \(moment)")
            }
            #expect(sampled.failures.isEmpty, "\(name) \(sampling) \(sampled.failures)")
            #expect(sampled.moments.map(\.frame) == Self.numbers(sampling), "\(name) \(sampling)")
        }
    }

    /// At 25 frames a second.
    private static func numbers(_ sampling: VideoSampling) -> [Int] {
        switch sampling.choice {
        case .interval: [0, 225, 450, 675, 900]
        case .every(333): [0, 333, 666, 999]
        case .every: [650, 700]
        case .frames: [700, 703, 706, 709]
        case .times: [0, 524, 525, 999]
        case .keyframes, .stretches: []
        }
    }

    @Test func `an edited clip keeps its numbers behind a jump`() throws {
        let whole = try Self.path(Self.kinds[0].0, Self.kinds[0].1)
        let path = try Clips.make("longEdited.mp4", ["-ss", "1.3", "-i", whole, "-c", "copy"])
        let all = try DecodedClip(path)
        let sampled = try DecodedClip(path, VideoSampling(.every(301)))
        #expect(sampled.moments.map(\.frame) == [0, 301, 602, 903])
        #expect(sampled.frames == [0, 301, 602, 903].map { all.frames[$0] })
    }
}
