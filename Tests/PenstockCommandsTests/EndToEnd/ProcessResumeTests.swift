import Foundation
import Testing

@Suite(.leftToSanitizers(in: "ProcessingJobTests")) final class ProcessResumeTests {
    private let folder: ProcessFolder
    private static let count = 1200

    init() throws {
        folder = try ProcessFolder()
    }

    /// Many small pictures, in folders.
    private func addMany() throws {
        let names = (0..<Self.count).map { String(format: "in/%02d/%04d.jpg", $0 / 100, $0) }
        let picture = try ProcessFolder.picture.get()
        for name in names {
            let place = folder.url.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try FileManager.default.linkItem(atPath: picture, toPath: place.path)
        }
    }

    private var finished: Int { folder.files().count { $0.hasSuffix(".jpg") } }

    /// Starts the job, and sends it a signal once some more files have their names.
    private func interrupt(_ signal: Int32, _ arguments: [String]) throws -> Tool.Outcome {
        let before = finished
        let run = try Tool.start(["process"] + arguments, folder: folder.url)
        while run.process.isRunning, finished < before + 60 { usleep(2000) }
        kill(run.process.processIdentifier, signal)
        return try run.wait()
    }

    @Test(arguments: [[], ["--unordered", "--format", "jpeg"], ["--durable"]])
    func `killed at any moment a job goes on without loss or repetition`(more: [String]) throws {
        try addMany()
        let arguments = ["in", "--to", "out", "--gray", "--manifest", "m.jsonl"] + more
        _ = try interrupt(SIGKILL, arguments)
        let again = try folder.run(arguments)
        #expect(again.status == 3 && again.errors.contains("--resume"))
        for _ in 0..<3 { _ = try interrupt(SIGKILL, arguments + ["--resume"]) }
        #expect(finished < Self.count, "the job was over before it could be killed")
        let outcome = try folder.run(arguments + ["--resume"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = try folder.objects("m.jsonl")
        let indices = lines.compactMap { $0["index"] as? Int }
        #expect(indices.sorted() == Array(0..<Self.count))
        if !more.contains("--unordered") { #expect(indices == Array(0..<Self.count)) }
        for line in lines { #expect(try folder.holds(line)) }
        #expect(folder.files() == lines.compactMap { $0["output"] as? String }.sorted())
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(names.sorted() == ["in", "m.jsonl", "out"])
        #expect(try folder.decoded("out/05/0555.jpg") == (40, 30, 1))
    }

    @Test func `without a manifest a job goes on as well, and leaves nothing behind`() throws {
        try addMany()
        _ = try interrupt(SIGKILL, ["in", "--to", "out"])
        #expect(finished < Self.count)
        let outcome = try folder.run(["in", "--to", "out", "--resume"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(folder.files().count == Self.count && finished == Self.count)
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/out/.penstock"))
        let more = try folder.run(["in", "--to", "out", "--resume", "--on-conflict", "skip"])
        #expect(more.status == 0 && more.errors.contains("nothing unfinished"))
        let done = try folder.run(["in/00", "--to", "out/00", "--resume"])
        #expect(done.status == 1 && done.errors.contains("--on-conflict skip leaves its files alone"))
    }

    @Test func `an interrupted job finishes what is under way and says how to go on`() throws {
        try addMany()
        let arguments = ["in", "--to", "out", "--manifest", "m.jsonl"]
        let outcome = try interrupt(SIGINT, arguments)
        #expect(outcome.status == 130 && outcome.errors.contains("--resume"), "\(outcome.errors)")
        #expect(try folder.objects("m.jsonl.partial").count == finished && folder.files().count == finished)
        #expect(try folder.run(arguments + ["--resume"]).status == 0)
        #expect(finished == Self.count)
    }

    @Test func `a failure stops the job where that is asked, and it can be gone on with`() throws {
        try folder.add((0..<40).map { "in/\(String(format: "%02d", $0)).jpg" })
        try Data("no picture".utf8).write(to: folder.url.appendingPathComponent("in/03.jpg"))
        let arguments = ["in", "--to", "out", "--manifest", "m.jsonl", "--on-error", "stop", "--workers", "1"]
        let outcome = try folder.run(arguments + ["--queue", "1"])
        #expect(outcome.status == 1 && outcome.errors.contains("--resume"), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/m.jsonl"))
        let rest = try folder.run(arguments + ["--resume"])
        #expect(rest.status == 1, "\(rest.errors)")
        #expect(folder.files().count == 39)
        let complete = try folder.run(arguments + ["--resume"])
        #expect(complete.status == 1 && complete.errors.contains("complete already"))
        #expect(try folder.objects("m.jsonl").compactMap { $0["index"] as? Int } == Array(0..<40))
    }

    @Test func `what failed in an earlier run is told as that where no line tells of it`() throws {
        try folder.add((0..<40).map { "in/\(String(format: "%02d", $0)).jpg" })
        try Data("no picture".utf8).write(to: folder.url.appendingPathComponent("in/03.jpg"))
        let arguments = ["in", "--to", "out", "--on-error", "stop", "--workers", "1", "--queue", "1"]
        #expect(try folder.run(arguments).errors.contains("the lines above say why"))
        let rest = try folder.run(arguments + ["--resume"])
        #expect(rest.status == 1 && rest.errors.contains("1 of 40 inputs failed; an earlier run said why."))
    }

    @Test func `a file that the interrupted run wrote is not written over`() throws {
        let many = (0..<40).map { "in/b/\(String(format: "%02d", $0)).jpg" }
        try folder.add(["in/a/x.jpg"] + many + ["in/c/x.jpg"])
        try Data("no picture".utf8).write(to: folder.url.appendingPathComponent("in/b/00.jpg"))
        let arguments = [
            "in", "--to", "out", "--manifest", "m.jsonl", "--on-error", "stop", "--workers", "1", "--name",
            "{stem}.{ext}", "--on-conflict", "overwrite",
        ]
        #expect(try folder.run(arguments + ["--queue", "1"]).status == 1)
        let before = try FileManager.default.attributesOfItem(atPath: folder.url.path + "/out/x.jpg")
        #expect(try folder.run(arguments + ["--resume"]).status == 1)
        let after = try FileManager.default.attributesOfItem(atPath: folder.url.path + "/out/x.jpg")
        #expect(before[.systemFileNumber] as? Int == after[.systemFileNumber] as? Int)
        #expect(try folder.objects("m.jsonl.partial").last?["error"] != nil)
    }

    @Test func `what files depend on may not change, and neither may the inputs`() throws {
        try addMany()
        let arguments = ["in", "--to", "out", "--manifest", "m.jsonl"]
        _ = try interrupt(SIGKILL, arguments)
        let changed = try folder.run(arguments + ["--resume", "--gray"])
        #expect(changed.status == 3 && changed.errors.contains("operations"), "\(changed.errors)")
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("in/00/0003.jpg"))
        let gone = try folder.run(arguments + ["--resume"])
        #expect(gone.status == 3 && gone.errors.contains("inputs"), "\(gone.errors)")
    }
}
