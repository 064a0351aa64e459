import Foundation
import Testing

@Suite(.leftToSanitizers(in: "SessionTests")) struct ResumeTests {
    private let folder: URL
    private let output: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-resume-\(UUID().uuidString)")
        output = folder.appendingPathComponent("out.jsonl")
        let pictures = folder.appendingPathComponent("pictures")
        try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
        let star = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg")
        for number in 0..<Self.count {
            let name = String(format: "%05d.jpg", number)
            try FileManager.default.linkItem(at: star, to: pictures.appendingPathComponent(name))
        }
    }

    private static let count = 3000

    private func arguments(_ more: [String] = []) -> [String] {
        ["classify", "pictures", "--model", Tool.model, "--output", "out.jsonl", "--precision", "f32"] + more
    }

    private var partial: URL { output.appendingPathExtension("partial") }

    private var sizeOfPartial: Int {
        (try? FileManager.default.attributesOfItem(atPath: partial.path)[.size] as? Int) ?? 0
    }

    /// Starts the job, and sends it a signal once some results are on the disk.
    private func interrupt(_ signal: Int32, _ more: [String]) throws -> Tool.Outcome {
        let run = try Tool.start(arguments(more), folder: folder)
        while run.process.isRunning, sizeOfPartial < 20_000 { usleep(2000) }
        kill(run.process.processIdentifier, signal)
        return try run.wait()
    }

    private func lines(_ url: URL) throws -> [Substring] {
        String(decoding: try Data(contentsOf: url), as: UTF8.self).split(separator: "\n")
    }

    @Test(arguments: [["--unordered"], [], ["--batch", "8"]])
    func `killed at any moment a job goes on without loss or repetition`(more: [String]) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try interrupt(SIGKILL, more)
        #expect(!FileManager.default.fileExists(atPath: output.path))
        let before = try lines(partial).count
        #expect(before > 0 && before < Self.count)
        // The second time it is cut in the middle of a line as well.
        let handle = try FileHandle(forUpdating: partial)
        try handle.truncate(atOffset: try handle.seekToEnd() - 7)
        try handle.close()
        _ = try interrupt(SIGKILL, more + ["--resume"])
        let outcome = try Tool.run(arguments(more + ["--resume"]), folder: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let indices = try lines(output).map { line -> Int in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as! [String: Any]
            return object["index"] as! Int
        }
        #expect(indices.sorted() == Array(0..<Self.count))
        if !more.contains("--unordered") { #expect(indices == Array(0..<Self.count)) }
        #expect(!FileManager.default.fileExists(atPath: partial.path))
    }

    @Test func `an interrupted job drains and says how to go on`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try interrupt(SIGINT, [])
        #expect(outcome.status == 130)
        #expect(outcome.errors.contains("--resume"))
        let indices = try lines(partial).indices
        #expect(!indices.isEmpty && indices.count < Self.count)
    }

    @Test func `refuses to go on when something that results depend on has changed`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try interrupt(SIGKILL, [])
        let other = Tool.package.appendingPathComponent("Models/shapes/shapes.onnx").path
        for (change, name) in [
            (["--top", "1"], "top"), (["--resample", "box"], "contract"), (["--format", "csv"], "format"),
        ] {
            let outcome = try Tool.run(arguments(["--resume"] + change), folder: folder)
            #expect(outcome.status == 3)
            #expect(outcome.errors.contains(name), "\(outcome.errors)")
        }
        let swapped = arguments(["--resume"]).map { $0 == Tool.model ? other : $0 }
        let outcome = try Tool.run(swapped, folder: folder)
        #expect(outcome.status == 3 && outcome.errors.contains("model"))
    }

    @Test func `refuses to go on with other pictures and to overwrite what is unfinished`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try interrupt(SIGKILL, [])
        let again = try Tool.run(arguments(), folder: folder)
        #expect(again.status == 3 && again.errors.contains("--resume"))
        try FileManager.default.removeItem(at: folder.appendingPathComponent("pictures/00003.jpg"))
        let outcome = try Tool.run(arguments(["--resume"]), folder: folder)
        #expect(outcome.status == 3 && outcome.errors.contains("inputs"))
    }

    @Test func `a job that is complete has nothing to go on with`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let line = #"{"source":"a.jpg","index":0,"error":{"stage":"read","message":"gone"}}"# + "\n"
        try Data(line.utf8).write(to: output)
        let outcome = try Tool.run(arguments(["--resume"]), folder: folder)
        #expect(outcome.status == 1 && outcome.errors.contains("complete"))
        #expect(try Data(contentsOf: output) == Data(line.utf8))
    }
}
