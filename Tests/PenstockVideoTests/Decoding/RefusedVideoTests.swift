import Foundation
import PenstockCore
import PenstockImages
import PenstockVideo
import Testing

/// Every kind of bad input is an error that says what is wrong.
@Suite struct RefusedVideoTests {
    private func error(
        _ location: VideoLocation,
        _ change: (inout VideoOptions) -> Void = { _ in }
    ) -> PenstockError? {
        do {
            _ = try DecodedClip(location, change)
            return nil
        } catch {
            return error as? PenstockError
        }
    }

    private func file(_ name: String, _ data: Data) throws -> VideoLocation {
        let url = Clips.folder.appendingPathComponent(name)
        try data.write(to: url)
        return .file(FilePath(url.path))
    }

    @Test func `what is not a video`() throws {
        #expect(error(try file("empty.mp4", Data()))?.code == .corrupt)
        #expect(error(.file("/nowhere/at.mp4"))?.code == .notFound)
        #expect(error(.file(FilePath(Clips.folder.path)))?.code == .notAFile)
        #expect(error(try file("text.mp4", Data("This is a text.\n".utf8)))?.code == .unsupported)
        #expect(error(try file("text.txt", Data("This is a text.\n".utf8)))?.code == .unsupported)
        #expect(error(try file("zeros.mp4", Data(count: 100_000))) != nil)
        #expect(error(.address("file:///etc/passwd"))?.code == .invalidConfiguration)
        #expect(error(.camera("/dev/video97"))?.code == .notFound)
        #expect(error(.camera("/dev/null")) != nil)
    }

    @Test func `sound without pictures, and a cover without a video`() throws {
        let sound = ["-f", "lavfi", "-i", "sine=duration=1"]
        #expect(error(.file(FilePath(try Clips.make("sound.mp4", sound))))?.message.contains("no video") == true)
        let cover = try Clips.make("cover.png", Clips.source(seconds: 0.04) + ["-frames:v", "1"])
        let song = sound + ["-i", cover, "-map", "0", "-map", "1", "-c:v", "mjpeg", "-disposition:v", "attached_pic"]
        #expect(error(.file(FilePath(try Clips.make("song.mp4", song))))?.message.contains("no video") == true)
    }

    @Test func `an index that is missing`() throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: ComparedClip.all[0].path()))
        let error = error(try file("noIndex.mp4", data.prefix(data.count / 2)))
        #expect(error?.message.contains("index (moov) is missing") == true)
    }

    @Test func `a codec that FFmpeg does not have`() throws {
        var data = try Data(contentsOf: URL(fileURLWithPath: ComparedClip.all.first { $0.name == "quick.mov" }!.path()))
        // Another tag in place of ProRes'.
        for tag in ["apch", "apcn", "apcs", "apco"] {
            while let range = data.range(of: Data(tag.utf8)) { data.replaceSubrange(range, with: Data("zzzz".utf8)) }
        }
        let error = error(try file("codec.mov", data))
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("coded as \"zzzz\"") == true)
    }

    @Test func `frames that are too large`() throws {
        let error = error(.file(FilePath(try ComparedClip.all[0].path()))) { $0.maxPixels = 1000 }
        #expect(error?.code == .tooLarge)
        #expect(error?.message.contains("192×108") == true)
    }

    @Test func `times where there are none`() throws {
        let arguments = Clips.source("96x64", seconds: 1) + ComparedClip.x264 + ["-bf", "2"]
        let path = try Clips.make("raw.h264", arguments)
        for sampling in [VideoSampling(.interval(.seconds(1))), VideoSampling(start: .seconds(1))] {
            let error = error(.file(FilePath(path))) { $0.sampling = sampling }
            #expect(error?.message.contains("--every") == true)
        }
        let raw = try DecodedClip(path)
        #expect(raw.frames == (try ReferenceFrames.checksums(path)).map { FrameFacts(checksum: $0, time: nil) })
        #expect(raw.moments.map(\.frame) == Array(0..<25))
        #expect(try DecodedClip(path, VideoSampling(.every(4))).moments.map(\.frame) == [0, 4, 8, 12, 16, 20, 24])
    }

    @Test func `a pipe that nobody writes to is given up`() throws {
        let path = Clips.folder.appendingPathComponent("pipe").path
        mkfifo(path, 0o600)
        #expect(error(.file(FilePath(path))) { $0.timeout = .milliseconds(200) }?.code == .timedOut)
        let stopping = CancellationFlag()
        stopping.raise()
        #expect(throws: PenstockError.self) {
            try VideoInput(
                .file(FilePath(path)),
                options: VideoOptions(),
                pool: FramePool(limit: 1),
                stopping: stopping
            )
        }
    }

    @Test func `a pipe is read as its file would be`() throws {
        let source = try ComparedClip.all.first { $0.name == "h264.ts" }!.path()
        let path = Clips.folder.appendingPathComponent("fed").path
        mkfifo(path, 0o600)
        let writer = Thread {
            guard let data = FileManager.default.contents(atPath: source) else { return }
            let pipe = FileHandle(forWritingAtPath: path)
            try? pipe?.write(contentsOf: data)
            try? pipe?.close()
        }
        writer.start()
        #expect(try DecodedClip(path).frames == DecodedClip(source).frames)
    }

    @Test func `an address that refuses and a host that is not there`() {
        #expect(error(.address("http://127.0.0.1:9/stream"))?.message.contains("refuses") == true)
        #expect(error(.address("rtsp://127.0.0.1:9/stream")) != nil)
    }
}
