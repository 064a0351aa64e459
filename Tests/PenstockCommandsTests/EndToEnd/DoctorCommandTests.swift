import Foundation
import Testing

/// `penstock doctor` as a user runs it, and what `--write` leaves for the other commands.
@Suite struct DoctorCommandTests {
    private let pictures = Tool.package.appendingPathComponent("Examples/pictures").path

    /// A copy of the bundled model without what declares its preprocessing.
    private func undeclared() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "penstock-doctor-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["shapes.onnx", "shapes.xml", "shapes.bin", "labels.txt"] {
            let source = Tool.package.appendingPathComponent("Models/shapes/\(name)")
            try FileManager.default.copyItem(at: source, to: folder.appendingPathComponent(name))
        }
        return folder
    }

    private func doctor(_ arguments: String...) throws -> Tool.Outcome {
        try Tool.run(["doctor"] + arguments + ["--cache-dir", "none"])
    }

    @Test func `what it writes is what the other commands use`() throws {
        let folder = try undeclared()
        defer { try? FileManager.default.removeItem(at: folder) }
        let model = folder.appendingPathComponent("shapes.onnx").path
        let first = try doctor(model, pictures, "--write")
        #expect(first.status == 1, "\(first.errors)")
        #expect(first.output.contains("Nothing declares how pixels are normalised"))
        #expect(first.output.contains("--preset inception --color rgb --fit stretch"))

        let again = try doctor(model, pictures)
        #expect(again.status == 0, "\(again.output)")
        #expect(again.output.contains("penstock.json: preset"))
        let inspected = try Tool.run(["inspect", model])
        #expect(inspected.status == 0 && inspected.output.contains("pixel ÷ 127.5 − 1"))
        let star = pictures + "/star-01.jpg"
        let classified = try Tool.run(["classify", star, "--model", model, "--cache-dir", "none"])
        #expect(classified.status == 0 && classified.output.contains("star"))
    }

    @Test func `an existing file stays unless it is forced, and then keeps its labels`() throws {
        let folder = try undeclared()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("penstock.json")
        let text = #"{"preset": "raw", "labels": "labels.txt", "activation": "none", "size": 96}"#
        try Data(text.utf8).write(to: file)
        let model = folder.appendingPathComponent("shapes.xml").path
        let refused = try doctor(model, pictures, "--write")
        #expect(refused.status == 3 && refused.errors.contains("--force"))
        #expect(try String(contentsOf: file, encoding: .utf8) == text)

        let forced = try doctor(model, pictures, "--write", "--force")
        #expect(forced.status == 1, "\(forced.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        #expect(object?["preset"] as? String == "inception" && object?["labels"] as? String == "labels.txt")
        #expect(object?["activation"] as? String == "none" && object?["size"] as? Int == 96)
        #expect(object?["fit"] as? String == "stretch" && object?["color"] as? String == "rgb")
    }

    @Test func `a program reads the verdict and every candidate`() throws {
        let outcome = try doctor(Tool.model, pictures, "--preset", "caffe", "--format", "json", "--top", "1")
        #expect(outcome.status == 1)
        let object = try #require(outcome.objects.first)
        #expect(object["verdict"] as? String == "disagrees")
        #expect((object["candidates"] as? [[String: Any]])?.count == 10)
        #expect((object["flags"] as? String)?.hasPrefix("--preset inception --color rgb") == true)
    }

    @Test func `what is recommended is shown however few candidates are asked for`() throws {
        let outcome = try doctor(Tool.model, pictures, "--preset", "caffe", "--top", "1")
        #expect(outcome.output.contains("recommended") && outcome.output.contains("declared"), "\(outcome.output)")
    }

    @Test func `it opens the model by the tensors that are named`() throws {
        let outcome = try doctor(Tool.model, pictures, "--output-tensor", "nowhere")
        #expect(outcome.status == 3 && outcome.errors.contains("nowhere"), "\(outcome.output)\(outcome.errors)")
    }

    @Test func `nothing is written where nothing stands out`() throws {
        let model = Tool.package.appendingPathComponent("Models/test/untrained.onnx")
        let folder = try undeclared()
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("other/untrained.onnx")
        try FileManager.default.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: model, to: copy)
        let outcome = try doctor(copy.path, pictures, "--write")
        #expect(outcome.status == 3 && outcome.errors.contains("no candidate stands out"), "\(outcome.output)")
        let left = try FileManager.default.contentsOfDirectory(atPath: copy.deletingLastPathComponent().path)
        #expect(left == ["untrained.onnx"])
    }

    @Test func `no pictures, no model and no pictures on the command line end with a reason`() throws {
        let folder = try undeclared()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("no picture".utf8).write(to: folder.appendingPathComponent("broken.jpg"))
        let broken = try doctor(Tool.model, folder.appendingPathComponent("broken.jpg").path)
        #expect(broken.status == 3 && broken.errors.contains("None of the inputs"))
        #expect(try doctor("/nowhere/model.onnx", pictures).status == 3)
        #expect(try doctor(Tool.model).status == 2)
        #expect(try doctor(Tool.model, pictures, "--force").status == 2)
    }
}
