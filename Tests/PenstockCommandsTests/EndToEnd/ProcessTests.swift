import Foundation
import PenstockCore
import TestClips
import Testing

@Suite final class ProcessTests {
    private let folder: ProcessFolder

    init() throws {
        folder = try ProcessFolder()
    }

    @Test func `a folder's pictures keep their folders and names, and the manifest tells of each`() throws {
        try folder.add(["in/a.jpg", "in/deep/er/b.jpeg", "in/deep/c.JPG"])
        let outcome = try folder.run(["in", "--to", "out", "--gray", "--resize", "20x", "--manifest", "m.jsonl"])
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
        #expect(folder.files() == ["a.jpg", "deep/c.JPG", "deep/er/b.jpeg"])
        let lines = try folder.objects("m.jsonl")
        #expect(lines.map { $0["source"] as? String } == ["in/a.jpg", "in/deep/c.JPG", "in/deep/er/b.jpeg"])
        #expect(lines.map { $0["index"] as? Int } == [0, 1, 2])
        #expect(lines.allSatisfy { $0["width"] as? Int == 20 && $0["height"] as? Int == 15 })
        for line in lines { #expect(try folder.holds(line)) }
        #expect(try folder.decoded("out/deep/c.JPG") == (20, 15, 1))
    }

    @Test func `operations are done in the order given`() throws {
        try folder.add(["a.jpg"])
        let first = try folder.run(["a.jpg", "--to", "one", "--crop", "24x10", "--rotate", "90", "--manifest", "-"])
        let second = try folder.run(["a.jpg", "--to", "two", "--rotate", "90", "--crop", "24x10", "--manifest", "-"])
        #expect(first.status == 0 && second.status == 0, "\(first.errors)\(second.errors)")
        #expect(first.objects[0]["width"] as? Int == 10 && second.objects[0]["width"] as? Int == 24)
    }

    @Test func `every failure is told, ends nothing, and shows in the exit code`() throws {
        try folder.add(["in/a.jpg", "in/c.jpg"])
        try Data("no picture".utf8).write(to: folder.url.appendingPathComponent("in/b.jpg"))
        let outcome = try folder.run(["in", "missing.jpg", "--to", "out"])
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(folder.files() == ["a.jpg", "c.jpg"])
        let errors = outcome.errors.split(separator: "\n")
        #expect(errors.count == 3 && errors[0].contains("in/b.jpg") && errors[1].contains("missing.jpg"))
        #expect(errors.last == "penstock: 2 of 4 inputs failed; the lines above say why.")
    }

    @Test func `an empty folder is a failure that says so`() throws {
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("in"),
            withIntermediateDirectories: false
        )
        let outcome = try folder.run(["in", "--to", "out"])
        #expect(outcome.status == 1 && outcome.errors.contains("in holds no pictures"))
        #expect(folder.files() == [])
    }

    @Test(arguments: [
        ("fail", 1, ["a.jpg"]), ("skip", 0, ["a.jpg"]), ("overwrite", 0, ["a.jpg"]),
    ])
    func `a file that is there is treated as asked`(choice: String, status: Int32, files: [String]) throws {
        try folder.add(["in/a.jpg"])
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("out"),
            withIntermediateDirectories: false
        )
        try Data("mine".utf8).write(to: folder.url.appendingPathComponent("out/a.jpg"))
        let outcome = try folder.run(["in", "--to", "out", "--on-conflict", choice, "--manifest", "-"])
        #expect(outcome.status == status && folder.files() == files, "\(outcome.errors)")
        #expect(try (folder.data("out/a.jpg") == Data("mine".utf8)) == (choice != "overwrite"))
        #expect(outcome.objects[0]["skipped"] as? Bool == (choice == "skip" ? true : nil))
        #expect(outcome.errors.contains("were skipped") == (choice == "skip"))
    }

    @Test func `a new file gets a number where that is asked`() throws {
        try folder.add(["in/a.jpg"])
        for expected in [1, 2, 3] {
            #expect(try folder.run(["in", "--to", "out", "--on-conflict", "rename"]).status == 0)
            #expect(folder.files().count == expected && folder.files().contains("a.jpg"))
        }
    }

    @Test func `files are named by a template`() throws {
        try folder.add(["in/a.jpg", "in/b/c.jpg"])
        let outcome = try folder.run(["in", "--to", "out", "--name", "{stem}_{index:03}.{ext}"])
        #expect(outcome.status == 0 && folder.files() == ["a_000.jpg", "c_001.jpg"], "\(outcome.errors)")
        let unknown = try folder.run(["in", "--to", "out", "--name", "{stemm}.{ext}"])
        #expect(unknown.status == 2 && unknown.errors.contains("{stem}"))
    }

    @Test func `a name that is not text stays as it is`() throws {
        try folder.add(["in/a.jpg"])
        let name: [UInt8] = [0x66, 0xFF, 0xFE] + Array(".jpg".utf8)
        let inputs = FilePath(folder.url.path).appending("in")
        let place = folder.url.appendingPathComponent("in/a.jpg").path
        let result = unsafe inputs.appending(name).withCString { target in unsafe rename(place, target) }
        #expect(result == 0)
        let outcome = try folder.run(["in", "--to", "out", "--manifest", "-"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(FileSystem.names(in: FilePath(folder.url.path).appending("out")) == [name])
        let line = try #require(outcome.objects.first)
        let encoded = try #require(line["outputBase64"] as? String)
        #expect(Data(base64Encoded: encoded) == Data(name) && line["sourceBase64"] != nil)
    }

    @Test func `what was asked for and cannot be is told before anything is done`() throws {
        try folder.add(["in/a.jpg"])
        #expect(try folder.run(["in", "--to", "out", "--resize", "many"]).status == 2)
        #expect(try folder.run(["in"]).status == 2)
        #expect(try folder.run(["in", "--to", "in/a.jpg/x"]).status == 3)
        let filter = try folder.run(["in", "--to", "out", "--filter", "nosuchfilter"])
        #expect(filter.status == 3 && filter.errors.contains("nosuchfilter"), "\(filter.errors)")
        #expect(folder.files() == [])
    }

    @Test func `a summary and a profile tell what was done and what limited it`() throws {
        try folder.add(["in/a.jpg", "in/b.jpg"])
        let outcome = try folder.run(["in", "--to", "out", "--gray", "--summary", "s.json", "--profile"])
        let summary = try #require(try folder.objects("s.json").first)
        #expect(summary["received"] as? Int == 2 && summary["done"] as? Int == 2 && summary["skipped"] as? Int == 0)
        let bytes = try folder.files().reduce(0) { try $0 + folder.data("out/\($1)").count }
        #expect(summary["bytesWritten"] as? Int == bytes)
        let stages = try #require(summary["stages"] as? [String: Double])
        #expect(Set(stages.keys) == ["read", "decode", "preprocess", "write"])
        #expect(summary["bottleneck"] != nil && summary["peakMemoryBytes"] != nil)
        #expect(outcome.errors.contains("Limited by:") && !outcome.errors.contains("infer"))
    }

    @Test func `two jobs do not write into one folder`() throws {
        try folder.add(["in/a.jpg"])
        let pipe = Pipe()
        let first = try Tool.start(["process", "-", "--to", "out"], folder: folder.url, pipe: pipe)
        #expect(first.wait { _ in FileManager.default.fileExists(atPath: folder.url.path + "/out/.penstock") })
        for more in [[], ["--manifest", "m.jsonl"]] {
            // The folder is taken a moment after its hidden part is made.
            var second = try folder.run(["missing", "--to", "out"] + more)
            for _ in 0..<100 where second.status != 3 { second = try folder.run(["missing", "--to", "out"] + more) }
            #expect(second.status == 3 && second.errors.contains("nother"), "\(second.errors)")
        }
        try pipe.fileHandleForWriting.close()
        #expect(try first.wait().status == 0)
    }
}
