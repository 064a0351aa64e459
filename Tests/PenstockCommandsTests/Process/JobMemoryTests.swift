import Foundation
import Penstock
import PenstockCommands
import PenstockCore
import Testing

/// What a job's account on disk is good for, at every point at which the job may have died.
@Suite final class JobMemoryTests {
    private let folder: TemporaryFolder
    private var output: String { folder.path + "/out" }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    }

    private func options(_ manifest: String, _ more: [String] = []) throws -> ProcessOptions {
        let words = ["in", "--to", output, "--manifest", folder.path + "/" + manifest] + more
        let command = CommandDescription(DescribedCommands.Process.self)
        return try ProcessOptions(try ArgumentParser(command).parse(words.map { Argument(bytes: Array($0.utf8)) }))
    }

    /// A picture that is written, and what is told of it.
    private func written(_ index: Int, named isNamed: Bool = true) throws -> ProcessedPicture {
        let bytes = 100 + index
        let file = WrittenFile(
            output: FilePath("\(index).jpg"),
            size: ImageSize(side: 8),
            bytes: bytes,
            checksum: UInt32(index)
        )
        let place = FilePath(output).appending("\(index).jpg")
        let lies = isNamed ? place : ProcessingJob.unfinished(of: place, index: index)
        try Data(count: bytes).write(to: URL(fileURLWithPath: lies.description))
        return Processed.item(.written(file), source: FilePath("in/\(index).jpg"), index: index)
    }

    private func failed(_ index: Int) -> ProcessedPicture {
        Processed.item(.failed(Processed.failure), source: FilePath("in/\(index).jpg"), index: index)
    }

    private func text(_ name: String) -> String {
        (try? String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)) ?? ""
    }

    private func indices(_ name: String) -> [Int] {
        text(name).split(separator: "\n").compactMap { ManifestLine($0.utf8)?.record.index }
    }

    /// The process that had the files is gone: they are as it left them, and nobody locks them.
    private func die(_ from: String, _ to: String) throws {
        for ending in [".partial", ".partial.job", ".partial.intent"] {
            try FileManager.default.copyItem(
                atPath: folder.path + "/\(from)\(ending)",
                toPath: folder.path + "/\(to)\(ending)"
            )
        }
    }

    private func resumed(_ more: [String] = []) throws -> JobMemory {
        try die("a", "b")
        return try JobMemory.open(try options("b", ["--resume"] + more))
    }

    @Test func `what was concluded is done`() throws {
        let memory = try JobMemory.open(try options("a"))
        let batch = [try written(0), failed(1), try written(2)]
        try memory.ledger.intend(batch)
        try memory.ledger.conclude(batch)
        let after = try resumed()
        #expect(after.recorded?.count == 3 && after.recordedFailures == 1)
        #expect(indices("b.partial") == [0, 1, 2])
    }

    @Test func `killed between the intention and the names nothing is done`() throws {
        let memory = try JobMemory.open(try options("a"))
        try memory.ledger.intend([try written(0, named: false), failed(1), try written(2, named: false)])
        #expect(try resumed().recorded == nil)
        #expect(indices("b.partial") == [])
    }

    @Test func `killed among the names what has one is done`() throws {
        let memory = try JobMemory.open(try options("a"))
        let first = [try written(0)]
        try memory.ledger.intend(first)
        try memory.ledger.conclude(first)
        try memory.ledger.intend([try written(1), failed(2), try written(3), failed(4), try written(5, named: false)])
        let after = try resumed()
        // The failure behind the last name is tried again, with what follows it.
        #expect(after.recorded?.count == 4 && after.recordedFailures == 1)
        #expect(indices("b.partial") == [0, 1, 2, 3])
    }

    @Test func `killed between the names and the conclusion everything is done`() throws {
        let memory = try JobMemory.open(try options("a"))
        try memory.ledger.intend([try written(0), try written(1)])
        #expect(try resumed().recorded?.count == 2)
        #expect(indices("b.partial") == [0, 1])
    }

    @Test(arguments: [0, 1, 40, 130, 131]) func `killed within the conclusion nothing is done twice`(bytes: Int) throws
    {
        let memory = try JobMemory.open(try options("a"))
        let batch = [try written(0), try written(1), try written(2)]
        try memory.ledger.intend(batch)
        let intention = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/a.partial.intent"))
        try memory.ledger.conclude(batch)
        try intention.write(to: URL(fileURLWithPath: folder.path + "/a.partial.intent"))
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: folder.path + "/a.partial"))
        try handle.truncate(atOffset: UInt64(bytes))
        #expect(try resumed().recorded?.count == 3)
        #expect(indices("b.partial") == [0, 1, 2])
    }

    @Test func `an intention that was cut short is not believed`() throws {
        let memory = try JobMemory.open(try options("a"))
        try memory.ledger.intend([try written(0), try written(1)])
        let path = URL(fileURLWithPath: folder.path + "/a.partial.intent")
        let whole = try Data(contentsOf: path)
        for count in [0, 10, 33, 34, 60, whole.count - 1] {
            try whole.prefix(count).write(to: path)
            #expect(try resumed().recorded == nil)
            for ending in ["", ".job", ".intent"] {
                try FileManager.default.removeItem(atPath: folder.path + "/b.partial" + ending)
            }
        }
    }

    @Test func `a file of another size is not taken for the job's`() throws {
        let memory = try JobMemory.open(try options("a"))
        try memory.ledger.intend([try written(0)])
        try Data(count: 7).write(to: URL(fileURLWithPath: output + "/0.jpg"))
        #expect(try resumed().recorded == nil)
    }

    @Test func `a video tells of all its frames, and its failed frames count with it alone`() throws {
        let memory = try JobMemory.open(try options("a", ["--format", "mp4"]))
        let torn = Processed.item(.failed(Processed.failure), source: "in/v.mp4", index: 6, frame: 1)
        let file = WrittenFile(output: "v.mp4", size: ImageSize(side: 8), bytes: 9, checksum: 1)
        try memory.ledger.conclude([try written(4)])
        try memory.ledger.conclude([torn])
        // The video is not finished: it is made anew, with its failed frame.
        #expect(try resumed(["--format", "mp4"]).recorded?.count == 1)
        #expect(indices("b.partial") == [4])
        for ending in ["", ".job", ".intent"] {
            try FileManager.default.removeItem(atPath: folder.path + "/b.partial" + ending)
        }
        try memory.ledger.conclude([Processed.item(.video(file, frames: 3), source: "in/v.mp4", index: 5)])
        let after = try resumed(["--format", "mp4"])
        var expected = RecordedItems()
        for (index, name) in [(4, "in/4.jpg"), (5, "in/v.mp4"), (6, "in/v.mp4"), (7, "in/v.mp4"), (8, "in/v.mp4")] {
            _ = expected.insert(index, FilePath(name))
        }
        expected.insertVideo(at: 5, count: 4)
        #expect(after.recorded == expected && after.recordedFailures == 1)
    }

    @Test func `the missing end of a video counts with the video, and not before it`() throws {
        let memory = try JobMemory.open(try options("a", ["--format", "mp4"]))
        let file = WrittenFile(output: "v.mp4", size: ImageSize(side: 8), bytes: 9, checksum: 1)
        try memory.ledger.conclude((0..<3).map { Processed.item(.encoded, source: "in/v.mp4", index: $0, frame: $0) })
        try memory.ledger.conclude([Processed.item(.failed(Processed.failure), source: "in/v.mp4", index: 3)])
        #expect(try resumed(["--format", "mp4"]).recorded == nil)
        for ending in ["", ".job", ".intent"] {
            try FileManager.default.removeItem(atPath: folder.path + "/b.partial" + ending)
        }
        try memory.ledger.conclude([Processed.item(.video(file, frames: 3), source: "in/v.mp4", index: 0)])
        var expected = RecordedItems()
        for index in 0..<4 { _ = expected.insert(index, "in/v.mp4") }
        expected.insertVideo(at: 0, count: 4)
        #expect(try resumed(["--format", "mp4"]).recorded == expected)
    }

    @Test func `nothing else may have changed`() throws {
        _ = try JobMemory.open(try options("a", ["--resize", "50%"]))
        for (change, field) in [
            (["--resize", "51%"], "operations"), (["--resize", "50%", "--format", "png"], "format"),
            (["--resize", "50%", "--name", "{stem}.{ext}"], "name"), (["--resize", "50%", "--every", "2"], "frames"),
            (["--resize", "50%", "--on-conflict", "skip"], "on-conflict"),
        ] {
            let error = #expect(throws: PenstockError.self) { try resumed(change) }
            #expect(error?.message.contains(field) == true, "\(error?.message ?? "")")
            for ending in ["", ".job", ".intent"] {
                try FileManager.default.removeItem(atPath: folder.path + "/b.partial" + ending)
            }
        }
    }

    @Test func `two jobs do not share an account, and an unfinished one is not begun anew`() throws {
        let memory = try JobMemory.open(try options("a"))
        let taken = #expect(throws: PenstockError.self) { try JobMemory.open(try options("a")) }
        #expect(taken?.message.contains("Another penstock") == true)
        try memory.ledger.conclude([try written(0)])
        try die("a", "b")
        let error = #expect(throws: PenstockError.self) { try JobMemory.open(try options("b")) }
        #expect(error?.message.contains("--resume") == true)
    }

    @Test func `a job in its first batch is told as running, and one removal is enough after a kill`() throws {
        let memory = try JobMemory.open(try options("a"))
        try memory.ledger.intend([try written(0)])
        let taken = #expect(throws: PenstockError.self) { try JobMemory.open(try options("a")) }
        #expect(taken?.message.contains("Another penstock") == true, "\(taken?.message ?? "")")
        try die("a", "b")
        let error = #expect(throws: PenstockError.self) { try JobMemory.open(try options("b", ["--gray"])) }
        #expect(error?.message.contains("/b.partial holds") == true, "\(error?.message ?? "")")
        #expect(text("b.partial.job") == text("a.partial.job"))
        try FileManager.default.removeItem(atPath: folder.path + "/b.partial")
        #expect(try JobMemory.open(try options("b")).recorded == nil)
    }

    @Test func `killed before it said what it depends on a job begins at its beginning`() throws {
        try Data().write(to: URL(fileURLWithPath: folder.path + "/a.partial"))
        let memory = try JobMemory.open(try options("a", ["--resume"]))
        #expect(memory.recorded == nil && !text("a.partial.job").isEmpty)
        try Data("{".utf8).write(to: URL(fileURLWithPath: folder.path + "/b.partial"))
        let error = #expect(throws: PenstockError.self) { try JobMemory.open(try options("b", ["--resume"])) }
        #expect(error?.message.contains("b.partial.job") == true)
    }

    @Test func `a job that died in its first batch is not begun anew`() throws {
        let memory = try JobMemory.open(try options("a"))
        try memory.ledger.intend([try written(0)])
        try die("a", "b")
        let error = #expect(throws: PenstockError.self) { try JobMemory.open(try options("b")) }
        #expect(error?.message.contains("--resume") == true)
    }

    @Test func `a manifest gets its name when the job is done, and nothing else stays`() throws {
        let memory = try JobMemory.open(try options("a"))
        try memory.ledger.conclude([try written(0)])
        try memory.complete()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == ["a", "out"] && indices("a") == [0])
    }

    @Test func `without a manifest the account lies in a hidden folder and goes with the job`() throws {
        let words = ["in", "--to", output].map { Argument(bytes: Array($0.utf8)) }
        let command = CommandDescription(DescribedCommands.Process.self)
        let memory = try JobMemory.open(try ProcessOptions(try ArgumentParser(command).parse(words)))
        try memory.ledger.conclude([failed(0)])
        #expect(try FileManager.default.contentsOfDirectory(atPath: output) == [".penstock"])
        try memory.complete()
        #expect(try FileManager.default.contentsOfDirectory(atPath: output) == [])
    }
}
