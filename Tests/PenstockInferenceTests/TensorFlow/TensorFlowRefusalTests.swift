import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// What TensorFlow cannot run, and what is said of it.
@Suite(.enabled(if: TensorFlowFixture.isInstalled, TensorFlowFixture.whySkipped))
struct TensorFlowRefusalTests {
    private func message(_ body: () throws -> Void) -> String {
        (#expect(throws: PenstockError.self, performing: body))?.message ?? ""
    }

    @Test(arguments: ["text.pb", "broken_saved_model"])
    func `refuses a damaged model by name`(name: String) throws {
        let error = #expect(throws: PenstockError.self) { _ = try TensorFlowFixture.read(name) }
        #expect(error?.code == .modelUnreadable)
        #expect(error?.message.contains(name) == true)
    }

    @Test func `refuses an empty file and a graph cut anywhere`() throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pb")
        defer { try? FileManager.default.removeItem(at: file) }
        let whole = try Data(contentsOf: TensorFlowFixture.root.appendingPathComponent("test/tf_merges_batch.pb"))
        for count in [0, 1, 17, whole.count / 2, whole.count - 1] {
            try whole.prefix(count).write(to: file)
            #expect(throws: PenstockError.self) { _ = try TensorFlowFixture.read(file.path) }
        }
    }

    @Test func `says that there are no signatures and how to make one`() {
        let text = message { _ = try TensorFlowFixture.read("tf_unsigned") }
        #expect(text.contains("no signatures") && text.contains("export"))
    }

    @Test func `asks for a signature where several may be meant and takes the one asked for`() throws {
        let text = message { _ = try TensorFlowFixture.read("tf_named_signatures") }
        #expect(text.contains("classify, classify_bytes") && text.contains("--signature"))
        let wrong = message {
            _ = try TensorFlowFixture.read("tf_named_signatures", TensorChoice(signature: "clasify"))
        }
        #expect(wrong.contains("Did you mean classify?"))
        let description = try TensorFlowFixture.read(
            "tf_named_signatures",
            TensorChoice(signature: "classify_bytes")
        ).description
        #expect(description.inputs.map(\.elementType) == ["uint8"])
    }

    @Test(arguments: [("tf_string_input", "string"), ("tf_int64_input", "int64"), ("tf_float16", "float16")])
    func `names the input types that cannot be fed`(name: String, type: String) throws {
        let file = try TensorFlowFixture.file(name)
        let description = try TensorFlowFixture.read(name).description
        #expect(description.inputs.map(\.elementType) == [type])
        let error = #expect(throws: PenstockError.self) { _ = try Contract.resolve(file, description) }
        #expect(error?.code == .unsupportedModel)
        #expect(error?.message.contains(type) == true)
        #expect(error?.message.contains("--input-tensor") == false)
    }

    @Test func `a signature that takes pictures is offered where the usual one takes files`() throws {
        let file = try TensorFlowFixture.file("tf_two_signatures")
        let strings = TensorDescription(name: "bytes", shape: [nil], elementType: "string")
        let error = #expect(throws: PenstockError.self) {
            _ = try ImageInput(ModelDescription(inputs: [strings], outputs: []), of: file)
        }
        #expect(error?.message.contains("--signature") == true, "\(error?.message ?? "")")
    }

    @Test func `lengths of other tensors are let through`() {
        #expect(TensorFlowShape.length(1 << 40) == 1 << 40)
        #expect(TensorFlowShape.length(-1) == nil)
    }

    @Test func `a graph that decodes by itself is explained`() throws {
        let file = try TensorFlowFixture.file("tf1_inception_style.pb")
        let description = try TensorFlowFixture.read("tf1_inception_style.pb").description
        #expect(description.inputs.map(\.name) == ["DecodeJpeg/contents"])
        let text = message { _ = try Contract.resolve(file, description) }
        #expect(text.contains("--input-tensor"))
    }

    @Test func `lists likely tensors where the one asked for is not there`() {
        let text = message {
            _ = try TensorFlowFixture.read("tf1_inception_style.pb", TensorChoice(output: "softmaxx"))
        }
        #expect(text.contains("--output-tensor") && text.contains("Did you mean softmax?"))
        let index = message { _ = try TensorFlowFixture.read("tf1_inception_style.pb", TensorChoice(input: "Mul:7")) }
        #expect(index.contains("Mul:7"))
    }

    @Test func `names an operation that TensorFlow does not have`() {
        let text = message { _ = try TensorFlowFixture.compile("tf_unknown_operation") }
        #expect(text.contains("operation PenstockSoftmax"))
        #expect(text.count < 400)
    }

    @Test func `refuses a device that is not there and lists those that are`() {
        let text = message { _ = try TensorFlowFixture.compile("tf_two_signatures", device: "TPU") }
        #expect(text.contains("no device TPU") && text.contains("CPU"))
    }

    @Test func `refuses formats that it does not read`() {
        let text = message { _ = try TensorFlowFixture.read("nhwc.onnx") }
        #expect(text.contains("ONNX") && text.contains("--engine"))
    }

    @Test func `refuses a batch that no memory could hold`() {
        let text = message { _ = try TensorFlowFixture.compile("tf_two_signatures", batch: .max / 2) }
        #expect(text.contains("--batch"))
    }

    @Test func `says so when the variables are missing or damaged`() throws {
        let model = try TensorFlowFixture.copy("tf_two_signatures")
        defer { try? FileManager.default.removeItem(at: model) }
        let data = model.appendingPathComponent("variables/variables.data-00000-of-00001")
        try Data(contentsOf: data).prefix(9).write(to: data)
        let damaged = message { _ = try TensorFlowFixture.compile(model.path) }
        #expect(damaged.contains("could not be loaded") && damaged.count < 600)
        try FileManager.default.removeItem(at: model.appendingPathComponent("variables"))
        let missing = message { _ = try TensorFlowFixture.compile(model.path) }
        #expect(!missing.isEmpty && missing.count < 600)
    }
}
