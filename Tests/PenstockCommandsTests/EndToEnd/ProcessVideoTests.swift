import Foundation
import TestClips
import Testing

@Suite(.leftToSanitizers(in: "ProcessedVideoTests")) final class ProcessVideoTests {
    private let folder: ProcessFolder

    init() throws {
        folder = try ProcessFolder()
    }

    private static func clip(seconds: Double = 2) throws -> String {
        try Clips.make(
            "tool-process-\(Int(seconds)).mp4",
            Clips.source(seconds: seconds) + ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        )
    }

    private func add(_ name: String) throws {
        let place = folder.url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(atPath: try Self.clip(), toPath: place.path)
    }

    @Test func `a video becomes a numbered sequence`() throws {
        try add("in/v.mp4")
        let arguments = ["in", "--to", "out", "--format", "jpeg", "--every", "20", "--resize", "x90"]
        let outcome = try folder.run(arguments + ["--manifest", "-"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(folder.files() == ["v/000000.jpg", "v/000020.jpg", "v/000040.jpg"])
        #expect(outcome.objects.compactMap { $0["frame"] as? Int } == [0, 20, 40])
        #expect(outcome.objects.compactMap { $0["time"] as? Double } == [0, 0.8, 1.6])
        for line in outcome.objects { #expect(try folder.holds(line)) }
        #expect(try folder.decoded("out/v/000020.jpg") == (160, 90, 1))
    }

    @Test func `a video becomes a video, told in one line`() throws {
        try add("in/v.mp4")
        try folder.add(["in/a.jpg"])
        let outcome = try folder.run(["in", "--to", "out", "--resize", "50%", "--manifest", "m.jsonl"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(folder.files() == ["a.jpg", "v.mp4"])
        let lines = try folder.objects("m.jsonl")
        #expect(lines.count == 2 && lines[1]["frames"] as? Int == 50 && lines[1]["index"] as? Int == 1)
        #expect(lines[1]["width"] as? Int == 160 && lines[1]["height"] as? Int == 90)
        #expect(try folder.holds(lines[1]))
        #expect(try folder.decoded("out/v.mp4") == (160, 90, 50))
    }

    @Test func `one video goes into one file`() throws {
        try add("v.mp4")
        let outcome = try folder.run(["v.mp4", "--to", "small.mkv", "--filter", "fps=5", "--crf", "30"])
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
        #expect(try folder.decoded("small.mkv").frames == 10)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.sorted() == ["small.mkv", "v.mp4"])
    }

    @Test func `a picture is no video, and says so`() throws {
        try folder.add(["in/a.jpg"])
        try add("in/v.mp4")
        let outcome = try folder.run(["in", "--to", "out", "--format", "mkv"])
        #expect(outcome.status == 1 && outcome.errors.contains("in/a.jpg"), "\(outcome.errors)")
        #expect(folder.files() == ["v.mkv"])
    }

    @Test(arguments: [["--format", "jpeg"], []])
    func `killed in the midst of a video a job goes on without loss or repetition`(format: [String]) throws {
        let place = folder.url.appendingPathComponent("in")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for name in ["a.mp4", "b.mp4"] {
            try FileManager.default.copyItem(
                atPath: try Self.clip(seconds: 8),
                toPath: place.appendingPathComponent(name).path
            )
        }
        let arguments = ["process", "in", "--to", "out", "--manifest", "m.jsonl", "--gray"] + format
        let run = try Tool.start(arguments, folder: folder.url)
        let isFrames = !format.isEmpty
        while run.process.isRunning, isFrames ? folder.files().count < 250 : !hasLine { usleep(2000) }
        kill(run.process.processIdentifier, SIGKILL)
        _ = try run.wait()
        let outcome = try Tool.run(arguments + ["--resume"], folder: folder.url)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = try folder.objects("m.jsonl")
        #expect(lines.compactMap { $0["index"] as? Int } == (isFrames ? Array(0..<400) : [0, 200]))
        for line in lines { #expect(try folder.holds(line)) }
        #expect(folder.files() == lines.compactMap { $0["output"] as? String }.sorted())
    }

    @Test func `killed after a video that was cut short a job goes on with the next`() throws {
        try addTorn("in/a.mkv")
        try FileManager.default.copyItem(
            atPath: try Self.clip(seconds: 8),
            toPath: folder.url.appendingPathComponent("in/b.mp4").path
        )
        let arguments = ["process", "in", "--to", "out", "--manifest", "m.jsonl"]
        let run = try Tool.start(arguments, folder: folder.url)
        while run.process.isRunning, !hasVideo { usleep(2000) }
        kill(run.process.processIdentifier, SIGKILL)
        _ = try run.wait()
        #expect(hasVideo && !FileManager.default.fileExists(atPath: folder.url.path + "/m.jsonl"))
        let outcome = try Tool.run(arguments + ["--resume"], folder: folder.url)
        #expect(outcome.status == 1 && !outcome.errors.contains("inputs are not"), "\(outcome.errors)")
        let lines = try folder.objects("m.jsonl")
        #expect(lines.count == 3 && lines[0]["error"] != nil && lines[0]["frame"] is NSNull)
        #expect(lines[2]["frames"] as? Int == 200 && folder.files() == ["a.mkv", "b.mp4"])
        for line in lines.dropFirst() { #expect(try folder.holds(line)) }
    }

    @Test func `what stops a job in a video each time can be got past`() throws {
        try addTorn("in/a.mkv")
        let arguments = ["in", "--to", "out", "--on-error", "stop", "--manifest", "m.jsonl"]
        for more in [[], ["--resume"]] {
            let stopped = try folder.run(arguments + more)
            #expect(stopped.status == 1 && stopped.errors.contains("--on-error continue"), "\(stopped.errors)")
        }
        let outcome = try folder.run(["in", "--to", "out", "--manifest", "m.jsonl", "--resume"])
        #expect(outcome.status == 1 && !outcome.errors.contains("--on-error"), "\(outcome.errors)")
        #expect(try folder.files() == ["a.mkv"] && folder.objects("m.jsonl").count == 2)
    }

    /// Puts the first half of a video there.
    private func addTorn(_ name: String) throws {
        let place = folder.url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        let whole = try Clips.make(
            "tool-process-torn.mkv",
            Clips.source(seconds: 2) + ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        )
        let bytes = try Data(contentsOf: URL(fileURLWithPath: whole))
        try bytes.prefix(bytes.count / 2).write(to: place)
    }

    private var hasVideo: Bool {
        ((try? folder.data("m.jsonl.partial")) ?? Data()).range(of: Data("\"frames\":".utf8)) != nil
    }

    private var hasLine: Bool { (try? folder.data("m.jsonl.partial").count) ?? 0 > 0 }
}
