import Foundation
import TestClips
import Testing

@Suite struct ArrivalTests {
    private let folder: URL
    private static let star = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg")

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-arrival-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func start(_ arguments: [String], pipe: Pipe? = nil) throws -> Tool.Running {
        let model = ["classify", "--model", Tool.model, "--precision", "f32"]
        return try Tool.start(model + arguments, folder: folder, pipe: pipe)
    }

    @Test(arguments: [[], ["--batch", "8"]])
    func `a path on standard input is classified before the next one comes`(_ more: [String]) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let pipe = Pipe()
        let run = try start(["-"] + more, pipe: pipe)
        for count in 1...3 {
            pipe.fileHandleForWriting.write(Data("\(Self.star.path)\n".utf8))
            #expect(run.wait { $0.lines.count == count })
        }
        try pipe.fileHandleForWriting.close()
        let outcome = try run.wait()
        #expect(outcome.status == 0)
        #expect(outcome.objects.allSatisfy { $0["latency"] is Double && $0["top"] != nil })
    }

    @Test func `files are taken from a watched folder as they are completed`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let watched = folder.appendingPathComponent("in")
        try FileManager.default.createDirectory(at: watched, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Self.star, to: watched.appendingPathComponent("before.jpg"))
        let run = try start(["--watch", "in", "--output", "out.jsonl", "--summary", "s.json"])
        let output = folder.appendingPathComponent("out.jsonl")
        let partial = output.appendingPathExtension("partial")
        func lines(_ url: URL) -> [Substring] {
            String(decoding: (try? Data(contentsOf: url)) ?? Data(), as: UTF8.self).split(separator: "\n")
        }
        // The watch stands at some moment after the start; the first file is written until it is seen.
        #expect(
            try run.wait { _ in
                try Data(contentsOf: Self.star).write(to: watched.appendingPathComponent("first.jpg"))
                usleep(50_000)
                return !lines(partial).isEmpty
            }
        )
        let count = lines(partial).count
        let unfinished = watched.appendingPathComponent("second.jpg.part")
        try Data(contentsOf: Self.star).write(to: unfinished)
        try FileManager.default.moveItem(at: unfinished, to: watched.appendingPathComponent("second.jpg"))
        #expect(run.wait { _ in lines(partial).contains { $0.contains("second.jpg\"") } })
        run.process.interrupt()
        #expect(try run.wait().status == 130)
        #expect(lines(output).count > count && lines(output).allSatisfy { $0.contains("\"latency\":") })
        #expect(!lines(output).contains { $0.contains("before.jpg") || $0.contains(".part") })
    }

    @Test func `a folder that cannot be watched is said at once`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try start(["--watch", "missing"]).wait()
        #expect(outcome.status == 3 && outcome.errors.contains("missing"))
    }

    @Test func `a clip played live has arrivals, latency and an end of its own`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let clip = try Clips.make(
            "tool-short.mp4",
            Clips.source(seconds: 1) + ["-c:v", "libx264", "-pix_fmt", "yuv420p"]
        )
        let outcome = try start([clip, "--live", "--drop", "never", "--summary", "s.json"]).wait()
        #expect(outcome.status == 0, "\(outcome.errors)")
        let frames = outcome.objects.filter { $0["frame"] != nil }
        #expect(frames.count == 25)
        #expect(frames.allSatisfy { $0["arrived"] is String && $0["latency"] is Double })
        #expect(outcome.objects.compactMap { $0["event"] as? String } == ["connected", "ended"])
        let summary = try JSONSerialization.jsonObject(
            with: Data(contentsOf: folder.appendingPathComponent("s.json"))
        )
        let latency = (summary as? [String: Any])?["latency"] as? [String: Any]
        #expect(latency?["p50"] is Double && latency?["p99"] is Double)
    }

    @Test func `live streams and pictures share a job, and a stream that is not there says so`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let clip = try Clips.make(
            "tool-short.mp4",
            Clips.source(seconds: 1) + ["-c:v", "libx264", "-pix_fmt", "yuv420p"]
        )
        let arguments = [clip, Self.star.path, "http://127.0.0.1:9/x", clip, "--live", "--reconnect", "never"]
        let outcome = try start(arguments + ["--drop", "never"]).wait()
        #expect(outcome.status == 1)
        let sources = Dictionary(grouping: outcome.objects) { $0["source"] as? String ?? "" }
        #expect(sources[clip]?.count { $0["frame"] != nil } == 50)
        #expect(sources[Self.star.path]?.count == 1)
        #expect(sources["http://127.0.0.1:9/x"]?.contains { $0["error"] != nil } == true)
        let indices = outcome.objects.compactMap { $0["index"] as? Int }
        #expect(indices == Array(0..<indices.count))
    }
}
