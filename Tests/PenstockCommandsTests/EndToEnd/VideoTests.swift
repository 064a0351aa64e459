import Foundation
import TestClips
import Testing

@Suite struct VideoTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-video-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func classify(_ arguments: [String], input: Data? = nil) throws -> Tool.Outcome {
        try Tool.run(
            ["classify", "--model", Tool.model, "--precision", "f32"] + arguments,
            input: input,
            folder: folder
        )
    }

    private static func clip() throws -> String {
        try Clips.make("tool-plain.mp4", Clips.source() + ["-c:v", "libx264", "-g", "10", "-pix_fmt", "yuv420p"])
    }

    private func frames(_ outcome: Tool.Outcome) -> [Int] { outcome.objects.compactMap { $0["frame"] as? Int } }
    private func times(_ outcome: Tool.Outcome) -> [Double] { outcome.objects.compactMap { $0["time"] as? Double } }

    @Test func `every frame of a clip has its number, time, duration and size`() throws {
        let outcome = try classify([try Self.clip()])
        #expect(outcome.status == 0)
        #expect(frames(outcome) == Array(0..<50))
        #expect(times(outcome) == (0..<50).map { Double($0 * 4) / 100 })
        #expect(outcome.objects.allSatisfy { $0["duration"] as? Double == 0.04 && $0["width"] as? Int == 320 })
        #expect(outcome.objects.allSatisfy { ($0["top"] as? [Any])?.count == 5 })
    }

    @Test(arguments: [
        (["--every", "20"], [0, 20, 40]), (["--fps", "1"], [0, 25]), (["--keyframes"], [0, 10, 20, 30, 40]),
        (["--at", "0.1s,1.5s"], [2, 37]), (["--start", "1s", "--end", "1.1s"], [25, 26, 27]),
    ])
    func `only the frames that are asked for are classified`(arguments: [String], expected: [Int]) throws {
        #expect(frames(try classify([try Self.clip()] + arguments)) == expected)
    }

    @Test func `variable frame rate keeps its times`() throws {
        let select = ["-vf", "select='not(mod(n,3))+lt(n,10)'", "-vsync", "vfr"]
        let clip = try Clips.make("tool-vfr.mkv", Clips.source() + select + ["-c:v", "libx264", "-pix_fmt", "yuv420p"])
        let found = times(try classify([clip]))
        let kept = (0..<50).filter { (frame: Int) -> Bool in frame % 3 == 0 || frame < 10 }
        let expected = kept.map { (frame: Int) -> Double in Double(frame * 4) / 100 }
        #expect(found == expected)
    }

    @Test func `pictures and videos mix, also in folders, and what is neither is left out`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let inputs = folder.appendingPathComponent("in")
        try FileManager.default.createDirectory(at: inputs, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: try Self.clip(), toPath: inputs.appendingPathComponent("b.mp4").path)
        let star = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg")
        for name in ["a.jpg", "c.jpg"] {
            try FileManager.default.copyItem(at: star, to: inputs.appendingPathComponent(name))
        }
        try Data("let x = 1".utf8).write(to: inputs.appendingPathComponent("code.ts"))
        let outcome = try classify(["in", "--every", "25"])
        #expect(outcome.objects.map { $0["source"] as? String } == ["in/a.jpg", "in/b.mp4", "in/b.mp4", "in/c.jpg"])
        #expect(outcome.objects.map { $0["index"] as? Int } == [0, 1, 2, 3])
        #expect(outcome.errors.contains("code.ts"))
    }

    @Test func `a video without a telling name is known by its content`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let bare = folder.appendingPathComponent("upload").path
        try FileManager.default.copyItem(atPath: try Self.clip(), toPath: bare)
        #expect(frames(try classify(["upload", "--every", "25"])) == [0, 25])
    }

    @Test func `raw frames come by standard input`() throws {
        let frame = Data(repeating: 90, count: 64 * 48 * 3)
        let outcome = try classify(["-", "--raw", "64x48:rgb24@10"], input: frame + frame + frame.dropLast(5))
        #expect(frames(outcome).prefix(2) == [0, 1] && times(outcome).prefix(2) == [0, 0.1])
        #expect(outcome.objects[0]["source"] as? String == "-")
    }

    @Test func `a file that is no video says so and ends nothing`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let sound = try Clips.make("tool-sound.mp4", ["-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac"])
        try Data().write(to: folder.appendingPathComponent("empty.mp4"))
        try Data(repeating: 7, count: 5000).write(to: folder.appendingPathComponent("noise.mp4"))
        let outcome = try classify([sound, "empty.mp4", "noise.mp4", "missing.mp4", try Self.clip(), "--every", "50"])
        #expect(outcome.status == 1)
        #expect(outcome.objects.count == 5)
        let messages = outcome.objects.map { ($0["error"] as? [String: Any])?["message"] as? String }
        #expect(messages.prefix(4).allSatisfy { $0 != nil } && messages[4] == nil, "\(messages)")
        #expect(messages[3]?.contains("no such file") == true)
    }

    @Test func `killed in the midst of a video a job goes on without loss or repetition`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let clip = try Clips.make(
            "tool-long.mp4",
            Clips.source(seconds: 40) + ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        )
        let arguments = ["classify", clip, "--model", Tool.model, "--precision", "f32", "--output", "out.jsonl"]
        let partial = folder.appendingPathComponent("out.jsonl.partial")
        let run = try Tool.start(arguments, folder: folder)
        while run.process.isRunning, (try? Data(contentsOf: partial))?.count ?? 0 < 20_000 { usleep(2000) }
        kill(run.process.processIdentifier, SIGKILL)
        _ = try run.wait()
        #expect(try Tool.run(arguments + ["--resume"], folder: folder).status == 0)
        let lines = String(decoding: try Data(contentsOf: folder.appendingPathComponent("out.jsonl")), as: UTF8.self)
        let found = lines.split(separator: "\n").compactMap { line in
            (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["frame"] as? Int
        }
        #expect(found == Array(0..<1000))
    }
}
