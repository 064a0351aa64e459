import Foundation
import Testing

@Suite struct VerifyTests {
    private static let pictures = Tool.package.appendingPathComponent("Examples/pictures").path
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-verify-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    @discardableResult
    private func reference(_ name: String = "reference.jsonl", _ arguments: String...) throws -> Tool.Outcome {
        try Tool.run(
            ["classify", Self.pictures, "--model", Tool.model, "--precision", "f32", "--output", name] + arguments,
            folder: folder
        )
    }

    private func verify(_ arguments: String..., against name: String = "reference.jsonl") throws -> Tool.Outcome {
        try Tool.run(
            ["verify", Tool.model, Self.pictures, "--against", name, "--format", "json"] + arguments,
            folder: folder
        )
    }

    private func scores(_ outcome: Tool.Outcome) -> [String: Any] {
        outcome.objects[0]["scores"] as? [String: Any] ?? [:]
    }

    @Test func `a run is the same as itself, to the last digit`() throws {
        try reference("reference.jsonl", "--summary", "reference.summary.json")
        let outcome = try verify("--precision", "f32", "--output", "differing.jsonl")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try #require(outcome.objects.first)
        #expect(report["same"] as? Bool == true && report["agree"] as? Int == 17)
        #expect(scores(outcome)["largest"] as? Double == 0 && scores(outcome)["count"] as? Int == 85)
        let identity = try #require(report["identity"] as? [String: Any])
        #expect(NSDictionary(dictionary: identity).isEqual(report["referenceIdentity"]))
        #expect(report["differences"] as? [String] == [])
        #expect(try Data(contentsOf: folder.appendingPathComponent("differing.jsonl")).isEmpty)
    }

    /// Each of these is a mistake or a change that a comparison is there to find.
    @Test(
        arguments: [
            (["--precision", "bf16"], "precision"), (["--precision", "f32", "--color", "bgr"], "contract"),
            (["--precision", "f32", "--preset", "imagenet"], "contract"),
            (["--precision", "f32", "--resample", "bicubic"], "contract"),
            (["--precision", "f32", "--resample", "opencv-bilinear"], "contract"),
            (["--precision", "f32", "--fit", "cover"], "contract"),
            (["--precision", "f32", "--mean", "0.5", "--std", "0.25"], "contract"),
        ] as [([String], String)]
    )
    func `tells what was changed from an equal run`(arguments: [String], part: String) throws {
        try reference("reference.jsonl", "--summary", "reference.summary.json")
        let outcome = try Tool.run(
            ["verify", Tool.model, Self.pictures, "--against", "reference.jsonl", "--format", "json"] + arguments,
            folder: folder
        )
        #expect(outcome.status == 1, "\(arguments): \(outcome.output)")
        #expect(outcome.objects[0]["same"] as? Bool == false)
        #expect(outcome.objects[0]["differences"] as? [String] == [part])
        #expect((outcome.objects[0]["explanation"] as? [String])?.contains { $0.contains("another \(part)") } == true)
        // A tolerance wide enough lets it pass.
        let wide = try Tool.run(
            [
                "verify", Tool.model, Self.pictures, "--against", "reference.jsonl", "--tolerance", "1",
                "--min-agreement", "0",
            ]
                + arguments,
            folder: folder
        )
        #expect(wide.status == 0)
    }

    @Test(arguments: ["shapes.onnx", "saved_model", "shapes.tflite", "shapes_frozen.pb"])
    func `the same weights in another format agree within the usual tolerance`(model: String) throws {
        try reference()
        let path = Tool.package.appendingPathComponent("Models/shapes/\(model)").path
        let outcome = try Tool.run(
            ["verify", path, Self.pictures, "--against", "reference.jsonl", "--precision", "f32"],
            folder: folder
        )
        #expect(outcome.status == 0, "\(outcome.output)")
    }

    @Test func `matches pictures that lie elsewhere by the end of their paths`() throws {
        try reference()
        let copy = folder.appendingPathComponent("elsewhere")
        try FileManager.default.copyItem(at: URL(fileURLWithPath: Self.pictures), to: copy)
        let outcome = try Tool.run(
            ["verify", Tool.model, "elsewhere", "--against", "reference.jsonl", "--precision", "f32"],
            folder: folder
        )
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("17 by the end of it"))
    }

    @Test func `what is missing on either side, or failed on one, is not the same`() throws {
        try reference()
        let some = ["star-01.jpg", "ring-01.bmp"].map { "\(Self.pictures)/\($0)" }
        let arguments = ["verify", Tool.model] + some + ["--against", "reference.jsonl", "--precision", "f32"]
        let fewer = try Tool.run(arguments, folder: folder)
        #expect(fewer.status == 1 && fewer.output.contains("15 items of the reference are not in this run"))
        #expect(try Tool.run(arguments + ["--subset"], folder: folder).status == 0)
        try Data("no picture".utf8).write(to: folder.appendingPathComponent("new.jpg"))
        let more = try Tool.run(arguments + ["--subset", "new.jpg", "--output", "d.jsonl"], folder: folder)
        #expect(more.status == 1 && more.output.contains("only here"))
        let line = try String(contentsOf: folder.appendingPathComponent("d.jsonl"), encoding: .utf8)
        #expect(line == "{\"source\":\"new.jpg\",\"missing\":\"reference\"}\n")
    }

    @Test func `a failure in both is agreement`() throws {
        try Data("no picture".utf8).write(to: folder.appendingPathComponent("torn.jpg"))
        let star = "\(Self.pictures)/star-01.jpg"
        let made = try Tool.run(
            ["classify", "torn.jpg", star, "--model", Tool.model, "--format", "csv", "--output", "r.csv"],
            folder: folder
        )
        #expect(made.status == 1)
        let outcome = try Tool.run(["verify", Tool.model, "torn.jpg", star, "--against", "r.csv"], folder: folder)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("0 here, 0 in the reference, 1 in both"))
    }

    @Test(arguments: ["jsonl", "csv"]) func `one of several models can be the reference`(format: String) throws {
        let onnx = Tool.package.appendingPathComponent("Models/shapes/shapes.onnx").path
        let models = ["--model", "a=\(Tool.model)", "--model", "b=\(onnx)", "--precision", "f32"]
        let made = try Tool.run(
            ["classify", Self.pictures, "--format", format, "--output", "r", "--summary", "summary.json"] + models,
            folder: folder
        )
        #expect(made.status == 0, "\(made.errors)")
        let outcome = try verify("--precision", "f32", "--reference-model", "a", against: "r")
        #expect(outcome.status == 0 && outcome.objects[0]["differences"] as? [String] == [], "\(outcome.errors)")
        let other = try verify("--precision", "f32", "--reference-model", "b", against: "r")
        #expect(other.status == 0 && other.objects[0]["differences"] as? [String] == ["model"])
        #expect(try verify(against: "r").errors.contains("--reference-model"))
    }

    @Test func `frames of a video find their own lines`() throws {
        let path = Tool.package.appendingPathComponent("Examples/clips/shapes.mp4").path
        _ = try Tool.run(
            ["classify", path, "--model", Tool.model, "--every", "20", "--output", "v.jsonl"],
            folder: folder
        )
        let same = try Tool.run(["verify", Tool.model, path, "--every", "20", "--against", "v.jsonl"], folder: folder)
        #expect(same.status == 0, "\(same.output)\(same.errors)")
        let other = try Tool.run(["verify", Tool.model, path, "--every", "30", "--against", "v.jsonl"], folder: folder)
        #expect(other.status == 1 && other.output.contains("only there"))
    }

    @Test func `a reference of labels alone is compared by its first classes`() throws {
        let lines = ["star", "ring"].map {
            "{\"source\":\"\(Self.pictures)/\($0)-01.\($0 == "star" ? "jpg" : "bmp")\",\"label\":\"\($0)\"}\n"
        }
        try Data(lines.joined().utf8).write(to: folder.appendingPathComponent("labels.jsonl"))
        let pictures = ["star-01.jpg", "ring-01.bmp"].map { "\(Self.pictures)/\($0)" }
        let outcome = try Tool.run(["verify", Tool.model] + pictures + ["--against", "labels.jsonl"], folder: folder)
        #expect(outcome.status == 0 && outcome.output.contains("the reference has none"))
    }

    @Test func `a reference is never written over, in whatever words`() throws {
        try Data("{}\n".utf8).write(to: folder.appendingPathComponent("a"))
        let link = folder.appendingPathComponent("link").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "a")
        for output in ["./a", "link", folder.path + "/a"] {
            let outcome = try Tool.run(
                ["verify", "m", "x.jpg", "--against", "a", "--output", output],
                folder: folder
            )
            #expect(outcome.status == 2 && outcome.errors.contains("both name"), "\(output): \(outcome.errors)")
            let classify = ["classify", "x.jpg", "--model", "m", "--summary", "a", "--output", output]
            #expect(try Tool.run(classify, folder: folder).status == 2)
        }
        let streams = ["classify", "x.jpg", "--model", "m", "--summary", "/dev/stderr", "--output", "/dev/stdout"]
        #expect(!(try Tool.run(streams, folder: folder)).errors.contains("both name"))
        let fresh = ["classify", "x.jpg", "--model", "m", "--summary", "new", "--output", "./new"]
        #expect(try Tool.run(fresh, folder: folder).status == 2)
    }

    @Test func `what is cut does not get its file's name`() throws {
        let star = "\(Self.pictures)/star-01.jpg"
        try Data("{\"source\":\"\(star)\",\"label\":\"ring\"}\n".utf8).write(
            to: folder.appendingPathComponent("r.jsonl")
        )
        let list = String(repeating: star + "\n", count: 100_000)
        try Data(list.utf8).write(to: folder.appendingPathComponent("list.txt"))
        let run = try Tool.start(
            ["verify", Tool.model, "@list.txt", "--against", "r.jsonl", "--output", "d.jsonl"],
            folder: folder
        )
        let partial = folder.appendingPathComponent("d.jsonl.partial").path
        let size = { (try? FileManager.default.attributesOfItem(atPath: partial)[.size] as? Int) ?? 0 }
        while run.process.isRunning, size() < 1000 { usleep(2000) }
        kill(run.process.processIdentifier, SIGINT)
        #expect(try run.wait().status == 130)
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("d.jsonl").path))
        #expect(FileManager.default.fileExists(atPath: partial))
    }

    @Test func `what failed is named, and why`() throws {
        try Data("no picture".utf8).write(to: folder.appendingPathComponent("torn.jpg"))
        let star = "\(Self.pictures)/star-01.jpg"
        let lines = "{\"source\":\"torn.jpg\",\"label\":\"star\"}\n{\"source\":\"\(star)\",\"error\":\"gone\"}\n"
        try Data(lines.utf8).write(to: folder.appendingPathComponent("r.jsonl"))
        let arguments = ["verify", Tool.model, "torn.jpg", star, "--against", "r.jsonl"]
        let told = try Tool.run(arguments, folder: folder)
        #expect(told.status == 1 && told.output.contains("here: torn.jpg: "), "\(told.output)\(told.errors)")
        #expect(told.output.contains("there: \(star): gone"))
        let object = try Tool.run(arguments + ["--format", "json"], folder: folder).objects.first
        let failed = object?["failed"] as? [String: Any]
        #expect((failed?["first"] as? [[String: String]])?.map { $0["failed"] } == ["here", "reference"])
    }

    @Test(
        arguments: [
            (["inspect", "m", "--device", "GPU"], 2), (["inspect", "m", "--precision", "f16"], 2),
            (["verify", "m"], 2), (["verify", "m", "x.jpg"], 2), (["verify", "m", "x.jpg", "--against", "nowhere"], 3),
            (["verify", "m", "x.jpg", "--against", "a", "--output", "a"], 2),
            (["verify", "m", "x.jpg", "--against", "a", "--min-agreement", "2"], 2),
        ] as [([String], Int32)]
    )
    func `exit codes say what went wrong`(arguments: [String], code: Int32) throws {
        let outcome = try Tool.run(arguments, folder: folder)
        #expect(outcome.status == code && !outcome.errors.isEmpty)
    }
}

@Suite struct QuantizedPrecisionTests {
    private static let pictures = Tool.package.appendingPathComponent("Examples/pictures/star-01.jpg").path

    private func summary(_ model: String, _ arguments: String...) throws -> [String: Any] {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = Tool.package.appendingPathComponent("Models/shapes/\(model)").path
        let outcome = try Tool.run(
            ["classify", Self.pictures, "--model", path, "--summary", "s.json"] + arguments,
            folder: folder
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        let data = try Data(contentsOf: folder.appendingPathComponent("s.json"))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    @Test func `a quantised model is computed in f32 unless told otherwise`() throws {
        #expect(try summary("shapes_quant.tflite")["precision"] as? String == "f32")
        #expect(try summary("shapes_quant.tflite", "--precision", "bf16")["precision"] as? String == "bf16")
        let path = Tool.package.appendingPathComponent("Models/shapes/shapes_quant.tflite").path
        let inspected = try Tool.run(["inspect", path, "--format", "json"])
        #expect(inspected.objects.first?["precision"] as? String == "f32")
    }

    @Test func `the summary says how long opening took, and what was opened`() throws {
        let summary = try summary("shapes.xml")
        let opening = try #require(summary["opening"] as? [String: Double])
        #expect(opening.keys.sorted() == ["compile", "read", "warmUp"] && opening.values.allSatisfy { $0 >= 0 })
        let identity = try #require(summary["identity"] as? [String: String])
        #expect(identity.keys.sorted() == ["contract", "digest", "engine", "job", "model", "precision"])
    }
}
