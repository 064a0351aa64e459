import Foundation
import Testing

@Suite struct ClassifyTests {
    private let pictures = Tool.package.appendingPathComponent("Examples/pictures").path
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func classify(_ arguments: String...) throws -> Tool.Outcome {
        try Tool.run(["classify"] + arguments, folder: folder)
    }

    private static let models = [
        "shapes.xml", "shapes.onnx", "saved_model", "shapes_frozen.pb", "shapes.tflite", "shapes_quant.tflite",
    ]

    @Test(arguments: models) func `every format of the bundled model names every bundled picture`(model: String) throws
    {
        let path = Tool.package.appendingPathComponent("Models/shapes/\(model)").path
        let outcome = try classify(pictures, "--model", path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.objects.count == 17)
        for object in outcome.objects {
            let source = object["source"] as? String ?? ""
            let top = (object["top"] as? [[String: Any]])?.first?["label"] as? String ?? "none"
            #expect(URL(fileURLWithPath: source).lastPathComponent.hasPrefix(top + "-"), "\(source) is no \(top)")
        }
    }

    @Test func `two runs and any number of workers give the same bytes`() throws {
        let first = try classify(pictures, "--model", Tool.model, "--precision", "f32")
        #expect(!first.output.isEmpty)
        for workers in ["1", "2", "4"] {
            let other = try classify(pictures, "--model", Tool.model, "--precision", "f32", "--workers", workers)
            #expect(other.output == first.output)
        }
    }

    @Test func `batches of one and of eight agree to 1e-5`() throws {
        let scores = try ["1", "8"].map { batch in
            try classify(pictures, "--model", Tool.model, "--precision", "f32", "--batch", batch, "--top", "12").objects
                .map {
                    Dictionary(
                        uniqueKeysWithValues: ($0["top"] as! [[String: Any]]).map {
                            ($0["class"] as! Int, $0["score"] as! Double)
                        }
                    )
                }
        }
        #expect(scores[0].count == 17 && scores[1].count == 17)
        for (one, eight) in zip(scores[0], scores[1]) {
            #expect(one.allSatisfy { abs($0.value - eight[$0.key]!) <= 1e-5 })
        }
    }

    @Test func `unordered results are the same set`() throws {
        let ordered = try classify(pictures, "--model", Tool.model)
        let unordered = try classify(pictures, "--model", Tool.model, "--unordered")
        #expect(Set(ordered.output.split(separator: "\n")) == Set(unordered.output.split(separator: "\n")))
    }

    @Test func `reads paths from standard input and from a list`() throws {
        let names = ["star-01.jpg", "ring-01.bmp"].map { "\(pictures)/\($0)" }
        let list = Data(names.joined(separator: "\n").utf8)
        try list.write(to: folder.appendingPathComponent("list.txt"))
        let fromInput = try Tool.run(["classify", "-", "--model", Tool.model], input: list)
        let fromList = try classify("@list.txt", "--model", Tool.model)
        #expect(fromInput.objects.compactMap { $0["source"] as? String } == names)
        // What comes by standard input says when it came, and is the same otherwise.
        func lasting(_ outcome: Tool.Outcome) -> [NSDictionary] {
            outcome.objects.map { $0.filter { !["arrived", "latency"].contains($0.key) } as NSDictionary }
        }
        #expect(fromInput.objects.allSatisfy { $0["latency"] is Double })
        #expect(lasting(fromList) == lasting(fromInput))
        let separated = Data(names.joined(separator: "\0").utf8)
        let nulled = try Tool.run(["classify", "-", "-0", "--model", Tool.model], input: separated)
        #expect(lasting(nulled) == lasting(fromInput))
    }

    @Test func `results appear under their name only when they are whole`() throws {
        let outcome = try classify(
            pictures,
            "--model",
            Tool.model,
            "--output",
            "out.jsonl",
            "--summary",
            "summary.json"
        )
        #expect(outcome.status == 0 && outcome.output.isEmpty)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(left == ["out.jsonl", "summary.json"])
        let summary =
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: folder.appendingPathComponent("summary.json"))
            ) as! [String: Any]
        #expect(summary["received"] as? Int == 17 && summary["done"] as? Int == 17 && summary["failed"] as? Int == 0)
        #expect(summary["bottleneck"] is String && summary["output"] as? String == "out.jsonl")
    }

    @Test func `a full disk ends the job with one sentence`() throws {
        let outcome = try classify(pictures, "--model", Tool.model, "--output", "/dev/full")
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("disk is full"))
    }

    @Test func `closed standard input is an empty list and nothing else`() throws {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", "\(Tool.program.path) classify - --model \(Tool.model) <&-"]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        #expect(output.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }

    @Test func `a summary that cannot be written is refused before the work`() throws {
        let outcome = try classify(pictures, "--model", Tool.model, "--summary", "no/such/summary.json")
        #expect(outcome.status == 3 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("no/such"))
    }

    @Test func `a reader that goes ends the job quietly`() throws {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/bash")
        let command = "\(Tool.program.path) classify \(pictures) --model \(Tool.model) | head -1; exit ${PIPESTATUS[0]}"
        shell.arguments = ["-c", command]
        let errors = Pipe()
        shell.standardError = errors
        shell.standardOutput = Pipe()
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationStatus == 0)
        #expect(errors.fileHandleForReading.readDataToEndOfFile().isEmpty)
    }

    @Test(
        arguments: [
            (["classify"], 2), (["classify", "x.jpg"], 2), (["classify", "x.jpg", "--model", "nowhere.onnx"], 3),
            (["classify", "x.jpg", "--model", "m.onnx", "--size", "0"], 2), (["clasify"], 2),
            (["classify", "x.jpg", "--modle", "y"], 2), (["--help"], 0), (["--version"], 0),
        ] as [([String], Int32)]
    ) func `exit codes say what went wrong`(arguments: [String], code: Int32) throws {
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == code)
        #expect(code == 0 || !outcome.errors.isEmpty)
    }

    @Test(arguments: ["two_inputs.onnx", "detector.onnx", "truncated.onnx", "int64_input.onnx", "one_channel.onnx"])
    func `a model that is no classifier of pictures is refused in one sentence`(model: String) throws {
        let path = Tool.package.appendingPathComponent("Models/test/\(model)").path
        let outcome = try classify(pictures, "--model", path)
        #expect(outcome.status == 3)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
    }

    @Test func `labels that do not fit are refused with both numbers`() throws {
        try Data("one\ntwo\nthree\n".utf8).write(to: folder.appendingPathComponent("three.txt"))
        let outcome = try classify(pictures, "--model", Tool.model, "--labels", "three.txt")
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("3") && outcome.errors.contains("12"))
    }
}
