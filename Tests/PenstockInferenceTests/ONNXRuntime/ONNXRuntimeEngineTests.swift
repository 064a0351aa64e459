import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// Whether there is a library to test with, asked once.
enum InstalledONNXRuntime {
    static let engine = Result { () throws(PenstockError) in try ONNXRuntimeEngine() }
    static var isThere: Bool { (try? engine.get()) != nil }
    static let remedy: Comment = "ONNX Runtime is not installed; `make engine-onnxruntime` installs it"
}

/// Scores are expected within 0.00001 of what is worked out by hand.
@Suite(.enabled(if: InstalledONNXRuntime.isThere, InstalledONNXRuntime.remedy)) struct ONNXRuntimeEngineTests {
    private static let tolerance: Float = 1e-5
    private let models: ColorModels

    init() throws {
        models = ColorModels(engine: try InstalledONNXRuntime.engine.get())
    }

    private func expectScores(_ request: any InferenceRequest, layout: TensorLayout = .nchw, _ colors: [[Float]]) throws
    {
        let found = try ColorModels.run(request, colors.map { ColorModels.plain($0, layout: layout) })
        for (scores, color) in zip(found, colors) {
            #expect(ColorModels.difference(scores, ColorModels.softmax(color)) <= Self.tolerance)
        }
    }

    @Test func `says what it is`() throws {
        #expect(models.engine.version.hasPrefix("1."))
        #expect(models.engine.path.description.contains("libonnxruntime"))
        #expect(try models.engine.devices.map(\.name) == ["CPU"])
        #expect(try models.engine.devices[0].precisions == [.f32])
    }

    @Test(arguments: [
        ("nchw.onnx", TensorLayout.nchw), ("nhwc.onnx", .nhwc), ("dynamic_size.onnx", .nchw), ("external.onnx", .nchw),
    ])
    func `scores plain colours as worked out by hand`(name: String, layout: TensorLayout) throws {
        let request = try models.compile("test/\(name)", layout: layout).makeRequest()
        for color in ColorModels.colors { try expectScores(request, layout: layout, [color]) }
    }

    @Test func `takes bytes as they are`() throws {
        let model = try models.compile("test/uint8_nhwc.onnx", layout: .nhwc, type: .uint8)
        let scores = try ColorModels.run(
            model.makeRequest(),
            [ColorModels.plain([255, 0, 51] as [UInt8], layout: .nhwc)]
        )
        #expect(ColorModels.difference(scores[0], ColorModels.softmax([1, 0, 0.2])) <= Self.tolerance)
    }

    @Test(arguments: [8, 33]) func `an open size is the contract's`(side: Int) throws {
        let request = try models.compile("test/dynamic_size.onnx", side: side).makeRequest()
        let scores = try ColorModels.run(request, [ColorModels.plain([1, 0, 0] as [Float], side: side)])
        #expect(ColorModels.difference(scores[0], ColorModels.softmax([1, 0, 0])) <= Self.tolerance)
    }

    @Test func `describes inputs and outputs`() throws {
        let description = try models.read("test/nhwc.onnx").description
        #expect(
            description.inputs == [TensorDescription(name: "image", shape: [nil, 32, 32, 3], elementType: "float32")]
        )
        #expect(description.outputs == [TensorDescription(name: "scores", shape: [nil, 4], elementType: "float32")])
        #expect(try models.read("test/two_inputs.onnx").description.inputs.count == 2)
        #expect(try models.read("test/detector.onnx").description.outputs.map(\.shape) == [[1, 100, 4], [1, 100]])
    }

    @Test(arguments: [
        ("uint8_nhwc.onnx", "uint8"), ("int64_input.onnx", "int64"), ("string_input.onnx", "string"),
        ("float16.onnx", "float16"),
    ])
    func `names types that no picture has`(name: String, type: String) throws {
        #expect(try models.read("test/\(name)").description.inputs[0].elementType == type)
    }
}

// MARK: - Batches and requests

extension ONNXRuntimeEngineTests {
    @Test func `an open batch takes every number up to the one asked for`() throws {
        let model = try models.compile("test/nchw.onnx", batch: 4)
        #expect(model.batch == .upTo(4))
        #expect(model.notes.isEmpty)
        let request = try model.makeRequest()
        for count in [4, 1, 3, 2, 4] { try expectScores(request, Array(ColorModels.colors.prefix(count))) }
    }

    @Test func `a fixed batch is kept, and said to be kept`() throws {
        #expect(try models.compile("test/static_batch_4.onnx").notes.isEmpty)
        let model = try models.compile("test/static_batch_4.onnx", batch: 2)
        #expect(model.batch == .exactly(4))
        #expect(model.notes.count == 1)
        try expectScores(model.makeRequest(), [[1, 0, 0]])
        try expectScores(model.makeRequest(), Array(ColorModels.colors.prefix(4)))
    }

    @Test(arguments: ["batch_of_one.onnx", "merges_batch.onnx", "declares_batch.onnx"])
    func `a model that refuses a batch runs one by one and says so`(name: String) throws {
        let model = try models.compile("test/\(name)", batch: 8)
        #expect(model.batch == .exactly(1))
        #expect(model.notes.count == 1)
        try expectScores(model.makeRequest(), [[0, 0, 1]])
    }

    @Test func `requests run side by side without touching each other`() throws {
        let model = try models.compile("test/nchw.onnx")
        #expect(model.parallelism == 2)
        let requests = try ColorModels.colors.map { _ in try model.makeRequest() }
        let finished = DispatchGroup()
        for (request, color) in zip(requests, ColorModels.colors) {
            request.input.copyBytes(from: ColorModels.plain(color).withUnsafeBytes { Array($0) })
            finished.enter()
            request.start(count: 1) { _ in finished.leave() }
        }
        finished.wait()
        for (request, color) in zip(requests, ColorModels.colors) {
            let scores = Array(request.output(at: 0).bindMemory(to: Float.self))
            #expect(ColorModels.difference(scores, ColorModels.softmax(color)) <= Self.tolerance)
        }
    }

    @Test func `a run that fails says why, and the request goes on`() throws {
        let file = try ModelFile(FilePath(ColorModels.folder.appendingPathComponent("test/declares_batch.onnx").path))
        let preprocessing = Preprocessing(size: ImageSize(side: ColorModels.side), layout: .nchw)
        let read = try models.read("test/declares_batch.onnx")
        let tensors = try ONNXRuntimeTensors(
            read.description,
            CompileOptions(threads: 1, preprocessing: preprocessing)
        )
        let session = try ONNXRuntimeSession(ONNXRuntimeLibrary.shared(), file, for: .inference)
        let request = try ONNXRuntimeCompiledModel(session, tensors, .upTo(2), 1).makeRequest()
        let error = #expect(throws: PenstockError.self) { try expectScores(request, [[1, 0, 0], [0, 1, 0]]) }
        #expect(error?.code == .inferenceFailed)
        #expect(error?.stage == .infer)
        try expectScores(request, [[0, 1, 0]])
    }

    @Test func `the same model may be open twice`() throws {
        let first = try models.compile("test/nchw.onnx")
        let second = try models.compile("test/nchw.onnx", batch: 2)
        try expectScores(first.makeRequest(), [[1, 0, 0]])
        try expectScores(second.makeRequest(), [[0, 1, 0], [0, 0, 1]])
    }

    @Test func `weights over two gigabytes are mapped and not read`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("over_2gb.onnx")
        try FileManager.default.copyItem(at: ColorModels.folder.appendingPathComponent("test/over_2gb.onnx"), to: copy)
        let weights = folder.appendingPathComponent("over_2gb.onnx.data")
        #expect(FileManager.default.createFile(atPath: weights.path, contents: nil))
        try FileHandle(forWritingTo: weights).truncate(atOffset: 2_400_000_000)
        let model = try models.engine.read(ModelFile(FilePath(copy.path)), TensorChoice()).compile(
            CompileOptions(threads: 1, preprocessing: Preprocessing(size: ImageSize(side: 32), layout: .nchw))
        )
        try expectScores(model.makeRequest(), [[0, 1, 0]])
    }

    @Test func `memory is aligned for the widest instructions`() throws {
        let request = try models.compile("test/nchw.onnx").makeRequest()
        #expect(UInt(bitPattern: request.input.baseAddress) % 64 == 0)
    }
}

// MARK: - Refusals

extension ONNXRuntimeEngineTests {
    @Test(arguments: [
        ("truncated.onnx", "not a whole ONNX"), ("random.onnx", "not a whole ONNX"), ("empty.onnx", "not a whole ONNX"),
        ("external_missing.onnx", "does not exist"), ("opset_99.onnx", "Opset 99"), ("custom_op.onnx", "Unheard"),
    ])
    func `refuses what it cannot read, by name and with the reason`(name: String, reason: String) throws {
        let error = #expect(throws: PenstockError.self) { try models.read("test/\(name)") }
        #expect(error?.code == .modelUnreadable)
        #expect(error?.message.contains(name) == true)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("onnxruntime_src") == false)
    }

    @Test func `refuses a device that is not there and says which is`() throws {
        let error = #expect(throws: PenstockError.self) { try models.compile("test/nchw.onnx", device: "TPU") }
        #expect(error?.message.contains("TPU") == true)
        #expect(error?.message.contains("there is CPU") == true)
    }

    @Test(arguments: [Precision.bf16, .f16]) func `refuses arithmetic that is not the model's`(precision: Precision) {
        let error = #expect(throws: PenstockError.self) {
            try models.compile("test/nchw.onnx", precision: precision)
        }
        #expect(error?.message.contains(precision.rawValue) == true)
    }

    @Test func `refuses a request that memory could not hold`() throws {
        let huge = try models.compile("test/dynamic_size.onnx", side: 65_535)
        #expect(throws: PenstockError.self) { try huge.makeRequest() }
    }

    @Test func `computes in single precision unless told otherwise`() throws {
        #expect(try models.compile("test/nchw.onnx", precision: .auto).precision == "f32")
    }
}

// MARK: - Beside another engine

extension ONNXRuntimeEngineTests {
    private static let openVINO = Result { () throws(PenstockError) in try OpenVINOEngine() }
    private static var hasOpenVINO: Bool { (try? openVINO.get()) != nil }

    /// Both compute in single precision; sums are taken in another order. Scores are expected within 0.0001.
    @Test(.enabled(if: hasOpenVINO, "OpenVINO is not installed; `make engine` installs it"))
    func `agrees with OpenVINO on the bundled model, in one process`() throws {
        let shape = try models.read("shapes/shapes.onnx").description.inputs[0].shape
        let layout: TensorLayout = shape[1] == 3 ? .nchw : .nhwc
        let side = try #require(layout == .nchw ? shape[2] : shape[1])
        let pictures: [[Float]] = (1...4).map { step in
            (0..<(3 * side * side)).map { index -> Float in
                let value = (index / 7 * step) % 251
                return Float(value) / 125 - 1
            }
        }
        let engines: [any InferenceEngine] = [models.engine, try Self.openVINO.get()]
        let scores = try engines.map { engine in
            let model = try ColorModels(engine: engine).compile("shapes/shapes.onnx", layout: layout, side: side)
            let request = try model.makeRequest()
            return try pictures.map { try ColorModels.run(request, [$0])[0] }
        }
        for (mine, theirs) in zip(scores[0], scores[1]) {
            #expect(ColorModels.difference(mine, theirs) <= 1e-4)
        }
    }
}
