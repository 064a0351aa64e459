import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// The models come from `Scripts/make_test_models.py`: each scores a picture by linear functions of its mean colours.
@Suite struct OpenVINOEngineTests {
    private static let engine = Result { () throws(PenstockError) in try OpenVINOEngine() }

    static let folder = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4)
        .reduce(URL(fileURLWithPath: "/")) { $0.appendingPathComponent($1) }.appendingPathComponent("Models/test")

    private func read(_ name: String) throws -> any ReadModel {
        let file = try ModelFile(FilePath(Self.folder.appendingPathComponent(name).path))
        return try Self.engine.get().read(file, TensorChoice())
    }

    private func compile(
        _ name: String,
        layout: TensorLayout = .nchw,
        type: ElementType = .float32,
        batch: Int? = nil
    ) throws -> any CompiledModel {
        let preprocessing = Preprocessing(
            size: ImageSize(side: ColorModels.side),
            elementType: type,
            layout: layout
        )
        return try read(name).compile(
            CompileOptions(precision: .f32, batch: batch, threads: 2, preprocessing: preprocessing)
        )
    }

    private func expectClose(_ found: [Float], _ expected: [Float], tolerance: Float = 1e-5) {
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance }, "\(found) is not \(expected)")
    }

    private let colors = ColorModels.colors

    @Test(arguments: [
        ("nchw.onnx", TensorLayout.nchw), ("nhwc.onnx", .nhwc), ("ir.xml", .nchw), ("dynamic_size.onnx", .nchw),
    ])
    func `scores plain colours as worked out by hand`(name: String, layout: TensorLayout) throws {
        let request = try compile(name, layout: layout).makeRequest()
        for color in colors {
            let scores = try ColorModels.run(request, [ColorModels.plain(color, layout: layout)])
            expectClose(scores[0], ColorModels.softmax(color))
        }
    }

    @Test func `describes inputs and outputs`() throws {
        let description = try read("nhwc.onnx").description
        #expect(description.inputs.map(\.shape) == [[nil, 32, 32, 3]])
        #expect(description.inputs[0].elementType == "float32")
        #expect(description.inputs[0].name == "image")
        #expect(description.outputs.map(\.shape) == [[nil, 4]])
        #expect(try read("two_inputs.onnx").description.inputs.count == 2)
        #expect(try read("detector.onnx").description.outputs.map(\.shape) == [[1, 100, 4], [1, 100]])
        #expect(try read("uint8_nhwc.onnx").description.inputs[0].elementType == "uint8")
        #expect(try read("int64_input.onnx").description.inputs[0].elementType == "int64")
        #expect(try read("string_input.onnx").description.inputs[0].elementType == "string")
    }

    @Test func `a dynamic model takes every batch up to the one asked for`() throws {
        let model = try compile("nchw.onnx", batch: 4)
        #expect(model.batch == .upTo(4))
        #expect(model.notes.isEmpty)
        let request = try model.makeRequest()
        for count in [4, 1, 3, 2, 4] {
            let scores = try ColorModels.run(request, colors.prefix(count).map { ColorModels.plain($0, layout: .nchw) })
            for (score, color) in zip(scores, colors) { expectClose(score, ColorModels.softmax(color)) }
        }
    }

    @Test func `a model with a static batch keeps it unless another is asked for`() throws {
        #expect(try compile("static_batch_4.onnx").batch == .exactly(4))
        #expect(try compile("static_batch_4.onnx", batch: 2).batch == .upTo(2))
        let request = try compile("static_batch_4.onnx").makeRequest()
        let scores = try ColorModels.run(request, [ColorModels.plain([1, 0, 0] as [Float], layout: .nchw)])
        expectClose(scores[0], ColorModels.softmax([1, 0, 0]))
    }

    @Test(arguments: ["batch_of_one.onnx", "merges_batch.onnx"])
    func `a model that cannot be reshaped runs one by one and says so`(name: String) throws {
        let model = try compile(name, batch: 8)
        #expect(model.batch == .exactly(1))
        #expect(model.notes.count == 1)
        expectClose(
            try ColorModels.run(try model.makeRequest(), [ColorModels.plain([0, 0, 1] as [Float], layout: .nchw)])[0],
            ColorModels.softmax([0, 0, 1])
        )
    }

    @Test func `requests run side by side without touching each other`() throws {
        let model = try compile("nchw.onnx")
        let requests = try (0..<4).map { _ in try model.makeRequest() }
        let finished = DispatchGroup()
        for (request, color) in zip(requests, colors) {
            request.input.copyBytes(from: ColorModels.plain(color, layout: .nchw).withUnsafeBytes { Array($0) })
            finished.enter()
            request.start(count: 1) { _ in finished.leave() }
        }
        finished.wait()
        for (request, color) in zip(requests, colors) {
            expectClose(Array(request.output(at: 0).bindMemory(to: Float.self)), ColorModels.softmax(color))
        }
    }

    @Test(arguments: [
        "truncated.onnx", "random.onnx", "empty.onnx", "random.tflite", "text.pb", "truncated.xml",
        "broken_saved_model",
        "no_weights.xml",
    ]) func `refuses a damaged model by name`(name: String) throws {
        let error = #expect(throws: PenstockError.self) { try self.read(name) }
        #expect(error?.code == .modelUnreadable)
        #expect(error?.message.contains(name) == true)
    }

    @Test func `refuses a device that is not there and lists those that are`() throws {
        let preprocessing = Preprocessing(size: ImageSize(side: 32), layout: .nchw)
        let error = #expect(throws: PenstockError.self) {
            try self.read("nchw.onnx").compile(CompileOptions(device: "TPU", threads: 1, preprocessing: preprocessing))
        }
        #expect(error?.message.contains("CPU") == true)
    }
}

@Suite struct ModelFileTests {
    private let folder = OpenVINOEngineTests.folder

    @Test func `tells formats apart by name and folders by content`() throws {
        #expect(try ModelFile(FilePath(folder.appendingPathComponent("ir.xml").path)).format == .openvinoIR)
        #expect(try ModelFile(FilePath(folder.appendingPathComponent("broken_saved_model").path)).format == .savedModel)
    }

    @Test func `refuses what is missing or unknown or ambiguous`() {
        for name in ["nowhere.onnx", "labels.txt", "."] {
            #expect(throws: PenstockError.self) {
                try ModelFile(FilePath(self.folder.appendingPathComponent(name).path))
            }
        }
    }

    @Test func `the digest follows the content and not the place`() throws {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)/nchw.onnx")
        try FileManager.default.createDirectory(at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: folder.appendingPathComponent("nchw.onnx"), to: copy)
        defer { try? FileManager.default.removeItem(at: copy.deletingLastPathComponent()) }
        let original = try ModelFile(FilePath(folder.appendingPathComponent("nchw.onnx").path)).contentDigest()
        #expect(try ModelFile(FilePath(copy.path)).contentDigest() == original)
        let other = try ModelFile(FilePath(folder.appendingPathComponent("nhwc.onnx").path)).contentDigest()
        #expect(other != original)
    }
}
