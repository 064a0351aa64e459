import Foundation
import TestClips
import Testing

@Suite struct TimelineTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-timeline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func classify(_ arguments: [String]) throws -> Tool.Outcome {
        try Tool.run(["classify", "--model", Tool.model, "--precision", "f32"] + arguments, folder: folder)
    }

    /// One second of a star, one of an arrow, each standing still.
    private static func scenes() throws -> String {
        let pictures = ["star-01.jpg", "arrow-01.jpg"].map {
            Tool.package.appendingPathComponent("Examples/pictures/\($0)").path
        }
        let inputs = pictures.flatMap { ["-loop", "1", "-framerate", "25", "-t", "1", "-i", $0] }
        let join = "[0]scale=320:240[a];[1]scale=320:240[b];[a][b]concat=n=2,format=yuv420p"
        return try Clips.make("tool-scenes.mp4", inputs + ["-filter_complex", join, "-c:v", "libx264"])
    }

    private func label(_ object: [String: Any]) -> String? {
        ((object["top"] as? [[String: Any]])?.first)?["label"] as? String
    }

    @Test func `events say when each class is seen`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try classify([try Self.scenes(), "--events", "events.vtt"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent("events.vtt")), as: UTF8.self)
        #expect(text.hasPrefix("WEBVTT\n"))
        #expect(text.contains("00:00:00.000 --> 00:00:01.000") && text.contains("00:00:01.000 --> 00:00:02.000"))
        #expect(text.contains("star") && text.contains("arrow"))
    }

    @Test func `a still scene is classified once, and its other frames are marked`() throws {
        let outcome = try classify([try Self.scenes(), "--skip-still", "6"])
        let reused = outcome.objects.map { $0["reused"] as? Bool ?? false }
        #expect(outcome.objects.count == 50)
        #expect(reused.count { !$0 } < 6, "\(reused.count { !$0 }) of 50 were looked at")
        #expect(!reused[0])
        #expect(outcome.objects.prefix(25).allSatisfy { label($0) == "star" })
        #expect(outcome.objects.suffix(24).allSatisfy { label($0) == "arrow" })
    }

    @Test func `still frames do not hold up a batch that waits for company`() throws {
        let outcome = try classify([try Self.scenes(), "--skip-still", "255", "--batch", "8"])
        #expect(outcome.status == 0 && outcome.objects.count == 50)
    }

    @Test(arguments: ["exponential", "window"]) func `smoothing lets a change come late`(_ kind: String) throws {
        let outcome = try classify([try Self.scenes(), "--smooth", "800ms", "--smooth-by", kind])
        let labels = outcome.objects.map { label($0) }
        #expect(labels[26] == "star" && labels[49] == "arrow")
    }

    @Test(arguments: [
        ["--every", "2", "--fps", "1"], ["--start", "2s", "--end", "1s"], ["--smooth-by", "window"],
        ["--event-min", "1s"], ["--events", "x.txt"], ["--drop", "newest"],
        ["--resume", "--output", "o", "--smooth", "1s"],
        ["--at", "1s", "--start", "2s"], ["--live", "--start", "2s"], ["--annotate", "out.avi"],
        ["--events", "x.jsonl", "--summary", "x.jsonl"], ["--raw", "10"], ["--raw", "10x10:rgb24@30"],
        ["--unordered", "--skip-still", "2"], ["--at", "1.5"],
        ["--events", "e.vtt", "--event-enter", "0.2", "--event-leave", "0.4"], ["--live", "--resume", "--output", "o"],
    ])
    func `options that contradict each other are refused`(_ arguments: [String]) throws {
        let outcome = try classify(["clip.mp4"] + arguments)
        #expect(outcome.status == 2 && outcome.output.isEmpty, "\(arguments): \(outcome.errors)")
    }
}
