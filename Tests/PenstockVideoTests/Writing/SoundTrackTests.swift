import Foundation
import PenstockCore
import PenstockImages
import TestClips
import Testing

@testable import PenstockVideo

/// Sound of annotated video, made from whole clips.
@Suite struct SoundTrackTests {
    private let folder = Scratch()

    private static let picture = Clips.source("160x120", seconds: 2)
    private static let tone = ["-f", "lavfi", "-i", "sine=frequency=440:duration=2:sample_rate=44100"]

    /// Decodes a clip and writes it again with its frames' numbers on it.
    private func annotate(_ clip: String, as name: String, _ sampling: VideoSampling = VideoSampling()) async throws
        -> String
    {
        let path = folder.path(name)
        var options = VideoOptions()
        options.sampling = sampling
        let source = VideoLocation.file(FilePath(clip))
        let input = try VideoInput(source, options: options, pool: FramePool(limit: 16), stopping: CancellationFlag())
        let video = try EncodedVideo(to: FilePath(path), source: source, draws: true)
        while let element = input.next() {
            guard case .frame(let frame) = element else { continue }
            let line = Annotation.Line(label: "frame \(frame.moment.frame)", score: 0.5)
            try await video.write(frame, Annotation(lines: [line], time: frame.moment.time))
        }
        try await video.finish()
        #expect(video.notes.isEmpty)
        return path
    }

    @Test(arguments: [
        ("aac.mp4", ["-c:a", "aac"], "aac"), ("mp3.mp4", ["-c:a", "libmp3lame"], "mp3"),
        ("ac3.mkv", ["-c:a", "ac3"], "ac3"), ("opus.webm", ["-c:v", "libvpx", "-c:a", "libopus"], "opus"),
        ("flac.mkv", ["-c:a", "flac"], "flac"), ("adts.ts", ["-c:a", "aac"], "aac"),
        ("alac.mov", ["-c:a", "alac"], "alac"),
        ("pcm.mov", ["-c:a", "pcm_s16le"], "aac"), ("vorbis.mkv", ["-c:a", "libvorbis", "-ac", "2"], "aac"),
        ("wma.mkv", ["-c:a", "wmav2"], "aac"),
    ])
    func keepsTheSoundOrMakesItAAC(name: String, arguments: [String], codec: String) async throws {
        let clip = try Clips.make("sound-\(name)", Self.picture + Self.tone + arguments)
        let path = try await annotate(clip, as: "out.mp4")
        #expect(try Probe.stream(path, "a", "codec_name") == codec)
        let (sound, pictures) = (try Probe.packets(path, "a"), try Probe.packets(path, "v"))
        #expect(pictures.count == 50)
        // One packet of the longest kind, WMA's 2048 samples at 44.1 kHz, or Opus's run-up.
        let end = try #require(sound.last.map { $0.time + $0.duration })
        #expect(abs(end - 2) < 0.06)
        #expect(abs(try #require(sound.first).time) < 0.06)
        #expect(try decodes(path))
    }

    @Test(arguments: ["mp4", "mov", "mkv"]) func keepsSoundAndPicturesInStep(ending: String) async throws {
        // Silence, and a tone from the first second on.
        let clip = try Clips.make(
            "onset.mp4",
            Self.picture + [
                "-f", "lavfi", "-i", "sine=frequency=440:duration=2:sample_rate=48000",
                "-af", "volume=0:enable='lt(t,1)'", "-c:a", "aac",
            ]
        )
        for (name, sampling, onset) in [
            ("whole", VideoSampling(), 1.0), ("cut", VideoSampling(start: .milliseconds(520)), 0.48),
        ] {
            let path = try await annotate(clip, as: "\(name).\(ending)", sampling)
            // Tolerance: two packets of 1024 samples, and what the codec smears.
            #expect(abs(try self.onset(path) - onset) < 0.06, "\(name)")
        }
    }

    @Test func convertsSoundInStep() async throws {
        let clip = try Clips.make(
            "onset.mkv",
            Self.picture + [
                "-f", "lavfi", "-i", "sine=frequency=440:duration=2:sample_rate=48000",
                "-af", "volume=0:enable='lt(t,1)'", "-c:a", "pcm_s16le",
            ]
        )
        let path = try await annotate(clip, as: "cut.mp4", VideoSampling(start: .milliseconds(520)))
        #expect(abs(try onset(path) - 0.48) < 0.03)
    }

    @Test func cutsTheSoundToThePartThatIsWritten() async throws {
        let clip = try Clips.make("sound-aac.mp4", Self.picture + Self.tone + ["-c:a", "aac"])
        let sampling = VideoSampling(start: .milliseconds(400), end: .milliseconds(1000))
        let path = try await annotate(clip, as: "part.mp4", sampling)
        let sound = try Probe.packets(path, "a")
        #expect(abs(try #require(sound.last.map { $0.time + $0.duration }) - 0.6) < 0.03)
        #expect(try Probe.packets(path, "v").count == 15)
    }

    @Test func keepsTheSoundOfClipsThatBeginLate() async throws {
        let clip = try Clips.make(
            "sound-late.ts",
            Self.picture + Self.tone + ["-c:a", "aac", "-output_ts_offset", "100"]
        )
        let path = try await annotate(clip, as: "late.mp4")
        let sound = try Probe.packets(path, "a")
        #expect(abs(try #require(sound.last.map { $0.time + $0.duration }) - 2) < 0.06)
    }

    @Test func keepsTimesOfAVariableRateClip() async throws {
        let clip = try Clips.make(
            "variable.mp4",
            Self.picture + ["-vf", "select='not(mod(n,3))+not(mod(n,7))'", "-fps_mode", "vfr", "-bf", "2"]
        )
        let path = try await annotate(clip, as: "variable.mp4")
        let (before, after) = (try Probe.packets(clip, "v"), try Probe.packets(path, "v"))
        // Packets of the source lie in the order of decoding. Tolerance: a tick of 1/90000 s.
        let wanted = before.map(\.time).sorted()
        #expect(after.count == wanted.count)
        #expect(zip(after, wanted).allSatisfy { abs($0.time - ($1 - wanted[0])) < 0.00002 })
    }

    @Test func writesWithoutSoundWhereThereIsNone() async throws {
        let clip = try Clips.make("silent.mp4", Self.picture + ["-pix_fmt", "yuv420p"])
        let path = try await annotate(clip, as: "silent.mp4")
        #expect(try Probe.stream(path, "a", "codec_name").isEmpty)
    }

    @Test func outlivesDamagedSound() async throws {
        let clip = try Clips.make("sound-pcm-adts.ts", Self.picture + Self.tone + ["-c:a", "mp2"])
        let damaged = folder.path("damaged.ts")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: clip))
        for offset in stride(from: 20_000, to: bytes.count, by: 1777) { bytes[offset] ^= 0x5A }
        try bytes.write(to: URL(fileURLWithPath: damaged))
        let path = folder.path("damaged.mp4")
        let video = try EncodedVideo(to: FilePath(path), source: .file(FilePath(damaged)), draws: true)
        for index in 0..<40 {
            let frame = DrawnFrames.make(index, time: .milliseconds(1400 + 40 * index))
            try await video.write(frame, Annotation())
        }
        try await video.finish()
        #expect(try Probe.packets(path, "v").count == 40)
    }

    @Test func keepsLongGapsAsGaps() async throws {
        let clip = try Clips.make(
            "sound-gap.mkv",
            Self.tone + ["-af", "asetpts='if(lt(T,1),PTS,PTS+30/TB)'", "-c:a", "pcm_s16le"]
        )
        let path = folder.path("gap.mp4")
        let video = try EncodedVideo(to: FilePath(path), source: .file(FilePath(clip)), draws: true)
        for index in 0..<33 {
            let frame = DrawnFrames.make(index, time: .seconds(index), duration: .seconds(1))
            try await video.write(frame, Annotation())
        }
        try await video.finish()
        #expect(video.notes.isEmpty)
        let sound = try Probe.packets(path, "a")
        #expect(sound.count < 100)
        #expect(abs(try #require(sound.last).time - 32) < 0.06)
    }

    /// Whether `ffmpeg` decodes the file without a complaint.
    private func decodes(_ path: String) throws -> Bool {
        try FFmpegProgram.run("ffmpeg", ["-v", "error", "-xerror", "-i", path, "-f", "null", "-"])
        return true
    }

    /// The time in seconds at which sound begins to be heard, as players play the file.
    private func onset(_ path: String) throws -> Double {
        let raw = path + ".gray"
        try FFmpegProgram.run(
            "ffmpeg",
            [
                "-v", "error", "-i", path, "-vn", "-af", "aresample=8000:async=1:first_pts=0", "-ac", "1", "-f", "u8",
                raw,
            ]
        )
        let samples = [UInt8](try Data(contentsOf: URL(fileURLWithPath: raw)))
        return Double(samples.firstIndex { abs(Int($0) - 128) > 3 } ?? samples.count) / 8000
    }
}
