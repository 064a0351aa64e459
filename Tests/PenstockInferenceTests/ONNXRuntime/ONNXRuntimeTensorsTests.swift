import PenstockCore
import Testing

@testable import PenstockInference

/// What no model of the collection declares, by descriptions alone.
@Suite struct ONNXRuntimeTensorsTests {
    private func tensors(_ input: [Int?], _ output: [Int?], type: String = "float32") throws -> ONNXRuntimeTensors {
        try ONNXRuntimeTensors(
            ModelDescription(
                inputs: [TensorDescription(name: "image", shape: input, elementType: "float32")],
                outputs: [TensorDescription(name: "scores", shape: output, elementType: type)]
            ),
            CompileOptions(threads: 1, preprocessing: Preprocessing(size: ImageSize(side: 8), layout: .nchw))
        )
    }

    @Test func `a batch is the model's own where either side fixes it`() throws {
        #expect(try tensors([nil, 3, 8, 8], [nil, 5]).ownBatch == nil)
        #expect(try tensors([2, 3, 8, 8], [nil, 5]).ownBatch == 2)
        #expect(try tensors([nil, 3, 8, 8], [2, 5]).ownBatch == 2)
        #expect(try tensors([nil, 3, 8, 8], [5]).ownBatch == 1)
    }

    @Test func `shapes and sizes follow the number of places`() throws {
        let tensors = try tensors([nil, 3, nil, nil], [nil, 5, 1, 1], type: "uint8")
        #expect(tensors.input.shape(of: 3) == [3, 3, 8, 8])
        #expect(tensors.input.placeBytes == 3 * 8 * 8 * 4)
        #expect(tensors.output.shape(of: 3) == [3, 5, 1, 1])
        #expect(tensors.output.placeBytes == 5)
    }

    @Test(
        arguments: [
            ([4, 3, 8, 8], [1, 5]), ([0, 3, 8, 8], [0, 5]), ([nil, 3, 8, 8], [nil, nil]), ([nil, 3, 8, 8], []),
            ([nil, 3, 8, 8], [nil, 0]), ([nil, 3, 8, 8], [nil, 1 << 40]), ([nil, 3, 8, 8], [nil, Int.max]),
        ] as [([Int?], [Int?])]
    )
    func `refuses outputs that cannot be scores`(input: [Int?], output: [Int?]) {
        #expect(throws: PenstockError.self) { try tensors(input, output) }
    }

    @Test func `refuses scores of a type that is not read`() {
        #expect(throws: PenstockError.self) { try tensors([nil, 3, 8, 8], [nil, 5], type: "float16") }
        #expect(throws: PenstockError.self) { try tensors([nil, 3, 8, 8], [nil, 5], type: "type 77") }
    }
}
