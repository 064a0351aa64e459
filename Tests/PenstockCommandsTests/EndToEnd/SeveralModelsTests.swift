import Foundation
import Testing

/// `penstock classify` with several models.
@Suite final class SeveralModelsTests {
    private let folder: TemporaryFolder
    private let models = [
        "--model", Tool.model, "--model",
        "onnx=" + Tool.package.appendingPathComponent("Models/shapes/shapes.onnx").path,
        "--precision", "f32",
    ]

    init() throws {
        folder = try TemporaryFolder()
    }

    private func run(_ more: [String]) throws -> Tool.Outcome {
        try Tool.run(["classify"] + more, folder: URL(fileURLWithPath: folder.path))
    }

    private var pictures: String { Tool.package.appendingPathComponent("Examples/pictures").path }

    @Test func `every model answers under its name`() throws {
        let outcome = try run([pictures] + models)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let alone = try run([pictures, "--model", Tool.model, "--precision", "f32"])
        #expect(outcome.objects.count == 17)
        for (object, single) in zip(outcome.objects, alone.objects) {
            let answers = object["models"] as? [String: [String: Any]] ?? [:]
            #expect(Set(answers.keys) == ["shapes", "onnx"] && object["top"] == nil)
            #expect(answers["shapes"]?["top"] as? NSArray == single["top"] as? NSArray)
        }
    }

    @Test func `a name changes nothing about a model that is asked alone`() throws {
        let named = try run([pictures, "--model", "a=" + Tool.model])
        let plain = try run([pictures, "--model", Tool.model])
        #expect(named.status == 0 && named.output == plain.output)
    }

    @Test func `a picture that fails counts once and the summary tells of every model`() throws {
        let outcome = try run([pictures, "missing.jpg"] + models + ["--summary", "s.json"])
        #expect(outcome.status == 1 && outcome.errors.contains("1 of 18"))
        #expect(outcome.objects.last?["error"] != nil && outcome.objects.last?["models"] == nil)
        let data = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/s.json"))
        let summary = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        let each = summary["models"] as? [[String: Any]] ?? []
        #expect(each.map { $0["name"] as? String } == ["shapes", "onnx"])
        #expect(each.allSatisfy { $0["engine"] != nil && $0["precision"] as? String == "f32" })
        let identities = each.compactMap { $0["identity"] as? [String: String] }
        #expect(Set(identities.map { $0["digest"] }).count == 2 && summary["model"] == nil)
        #expect((summary["identity"] as? [String: String])?["job"]?.isEmpty == false)
        #expect(summary["done"] as? Int == 17 && summary["failed"] as? Int == 1)
    }

    @Test func `the identity of a model is that of a job of its own`() throws {
        _ = try run([pictures] + models + ["--summary", "s.json"])
        _ = try run([pictures, "--model", Tool.model, "--precision", "f32", "--summary", "one.json"])
        let read = { [folder] (name: String) in
            let data = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
            return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        }
        let several = try read("s.json")["models"] as? [[String: Any]] ?? []
        let identity = try read("one.json")["identity"] as? [String: String]
        #expect(identity?.count == 6 && several.first?["identity"] as? [String: String] == identity)
    }

    @Test func `options of the contract hold where a model declares nothing`() throws {
        let bare = folder.path + "/bare.onnx"
        try FileManager.default.copyItem(
            at: Tool.package.appendingPathComponent("Models/shapes/shapes.onnx"),
            to: URL(fileURLWithPath: bare)
        )
        let refused = try run([pictures] + models + ["--model", bare])
        #expect(refused.status == 3 && refused.errors.contains("Model bare (") && refused.errors.contains("--preset"))
        let outcome = try run([pictures, "--model", "a=" + Tool.model, "--model", bare, "--preset", "caffe"])
        #expect(outcome.status == 0 && !outcome.errors.contains("--preset"), "\(outcome.errors)")
        let unused = try run([pictures] + models + ["--preset", "caffe"])
        #expect(unused.status == 0 && unused.errors.contains("--preset changes nothing"))
    }

    @Test(
        .leftToSanitizers(in: "PanelTests"),
        arguments: [["--format", "csv"], ["--format", "csv", "--unordered"], []]
    )
    func `killed at any moment a job goes on without loss or repetition`(more: [String]) throws {
        let count = 1500
        let star = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg")
        try FileManager.default.createDirectory(atPath: folder.path + "/pictures", withIntermediateDirectories: true)
        for number in 0..<count {
            let name = URL(fileURLWithPath: folder.path + String(format: "/pictures/%05d.jpg", number))
            if number % 100 == 7 {
                try Data([1]).write(to: name)
            } else {
                try FileManager.default.linkItem(at: star, to: name)
            }
        }
        let arguments = ["classify", "pictures"] + models + ["--output", "out", "--top", "1"] + more
        let partial = URL(fileURLWithPath: folder.path + "/out.partial")
        let job = try Tool.start(arguments, folder: URL(fileURLWithPath: folder.path))
        _ = job.wait { _ in ((try? Data(contentsOf: partial).count) ?? 0) > 20_000 }
        kill(job.process.processIdentifier, SIGKILL)
        _ = try job.wait()
        // Cut between the two lines of an item, or within one, wherever that falls.
        let handle = try FileHandle(forUpdating: partial)
        try handle.truncate(atOffset: try handle.seekToEnd() - 101)
        try handle.close()
        let outcome = try Tool.run(arguments + ["--resume"], folder: URL(fileURLWithPath: folder.path))
        #expect(outcome.status == 1 && outcome.errors.contains("15 of \(count)"), "\(outcome.errors)")
        let lines = try String(contentsOfFile: folder.path + "/out", encoding: .utf8).split(whereSeparator: \.isNewline)
        if more.isEmpty {
            #expect(lines.count == count && Set(lines).count == count)
        } else {
            #expect(lines.count == 1 + 2 * count - 15 && Set(lines).count == lines.count)
        }
    }
}
