import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// The models come from `Scripts/make_tensorflow_models.py`: each scores a picture by linear functions of its mean
/// colours.
@Suite(.enabled(if: TensorFlowFixture.isInstalled, TensorFlowFixture.whySkipped))
struct TensorFlowEngineTests {
    private let inceptionStyle = TensorChoice(input: "Mul", output: "softmax")

    @Test func `says what it is and where it runs`() throws {
        let engine = try TensorFlowFixture.engine.get()
        #expect(engine.kind == .tensorflow)
        #expect(engine.version.split(separator: ".").count >= 3)
        #expect(engine.path.description.contains("libtensorflow"))
        #expect(try engine.devices.contains { $0.name == "CPU" && $0.precisions.contains(.f32) })
    }

    @Test(arguments: ["tf_two_signatures", "tf_dynamic_size"])
    func `scores plain colours as worked out by hand`(name: String) throws {
        let model = try TensorFlowFixture.compile(name)
        #expect(model.precision == "f32")
        let request = try model.makeRequest()
        for color in ColorModels.colors {
            PlainColors.expectClose(try request.run([PlainColors.picture(color)])[0], ColorModels.softmax(color))
        }
    }

    @Test func `an open size is the one that was decided on`() throws {
        let request = try TensorFlowFixture.compile("tf_dynamic_size", side: 48, batch: 1).makeRequest()
        #expect(request.input.count == 48 * 48 * 3 * 4)
        let scores = try request.run([PlainColors.picture([0, 1, 0], side: 48)])
        PlainColors.expectClose(scores[0], ColorModels.softmax([0, 1, 0]))
    }

    @Test(arguments: ["Mul", "Mul:0"], ["softmax", "softmax:0"])
    func `an old graph that decodes by itself is fed behind its decoder`(input: String, output: String) throws {
        let tensors = TensorChoice(input: input, output: output)
        let description = try TensorFlowFixture.read("tf1_inception_style.pb", tensors).description
        #expect(description.inputs.map(\.name) == [input])
        #expect(description.inputs.map(\.shape) == [[1, 32, 32, 3]])
        #expect(description.outputs.map(\.shape) == [[1, 4]])
        let model = try TensorFlowFixture.compile("tf1_inception_style.pb", tensors)
        #expect(model.batch == .exactly(1))
        let scores = try model.makeRequest().run([PlainColors.picture([0, 0, 1])])
        PlainColors.expectClose(scores[0], ColorModels.softmax([0, 0, 1]))
    }

    @Test func `an open batch takes every number up to the one asked for`() throws {
        let model = try TensorFlowFixture.compile("tf_two_signatures", batch: 5)
        #expect(model.batch == .upTo(5))
        #expect(model.notes.isEmpty)
        let request = try model.makeRequest()
        for count in [5, 1, 3, 2, 4, 5] {
            let scores = try request.run(ColorModels.colors.prefix(count).map { PlainColors.picture($0) })
            for (score, color) in zip(scores, ColorModels.colors) {
                PlainColors.expectClose(score, ColorModels.softmax(color))
            }
        }
    }

    @Test func `a fixed batch is kept and said`() throws {
        let own = try TensorFlowFixture.compile("tf_static_batch_4.pb")
        #expect(own.batch == .exactly(4))
        #expect(own.notes.isEmpty)
        let scores = try own.makeRequest().run([PlainColors.picture([1, 0, 0])])
        PlainColors.expectClose(scores[0], ColorModels.softmax([1, 0, 0]))
        let other = try TensorFlowFixture.compile("tf_static_batch_4.pb", batch: 2)
        #expect(other.batch == .exactly(4))
        #expect(other.notes.count == 1)
    }

    @Test func `a model that merges a batch runs one by one and says so`() throws {
        let model = try TensorFlowFixture.compile("tf_merges_batch.pb", batch: 8)
        #expect(model.batch == .exactly(1))
        #expect(model.notes.count == 1 && model.notes[0].contains("one by one"))
        let scores = try model.makeRequest().run([PlainColors.picture([0, 0, 1])])
        PlainColors.expectClose(scores[0], ColorModels.softmax([0, 0, 1]))
    }

    @Test func `the input memory is read where it lies each time`() throws {
        let request = try TensorFlowFixture.compile("tf_values.pb", batch: 2).makeRequest()
        for color in ColorModels.colors {
            let values = try request.run([PlainColors.picture(color), PlainColors.picture([0.75, 0.5, 0.25])])
            #expect(values[0] == (0..<1024).flatMap { _ in color })
            #expect(values[1] == (0..<1024).flatMap { _ in [0.75, 0.5, 0.25] as [Float] })
        }
    }

    @Test func `requests of a model opened twice run side by side`() throws {
        let models = try (0..<2).map { _ in try TensorFlowFixture.compile("tf_two_signatures", batch: 1) }
        let requests = try (0..<4).map { try models[$0 % 2].makeRequest() }
        let finished = DispatchGroup()
        for (request, color) in zip(requests, ColorModels.colors) {
            request.input.copyBytes(from: PlainColors.picture(color))
            finished.enter()
            request.start(count: 1) { _ in finished.leave() }
        }
        finished.wait()
        for (request, color) in zip(requests, ColorModels.colors) {
            PlainColors.expectClose(
                Array(request.output(at: 0).bindMemory(to: Float.self)),
                ColorModels.softmax(color)
            )
        }
    }

    @Test func `a request outlives everybody else's interest in its model`() throws {
        let request = try TensorFlowFixture.compile("tf_two_signatures", batch: 1).makeRequest()
        let scores = try request.run([PlainColors.picture([1, 0, 0])])
        PlainColors.expectClose(scores[0], ColorModels.softmax([1, 0, 0]))
    }

    @Test func `computes in brain floats when asked and refuses half precision`() throws {
        guard TensorFlowConfiguration.precisions(on: "CPU").contains(.bf16) else {
            let error = #expect(throws: PenstockError.self) {
                try TensorFlowFixture.compile("tf_two_signatures", precision: .bf16)
            }
            #expect(error?.message.contains("in f32 on CPU here") == true)
            return
        }
        let model = try TensorFlowFixture.compile("tf_two_signatures", precision: .bf16)
        #expect(model.precision == "bf16")
        let scores = try model.makeRequest().run([PlainColors.picture([1, 0, 0])])
        // A mantissa of eight bits: products of small whole numbers with means of 1 stay exact, the softmax does not.
        PlainColors.expectClose(scores[0], ColorModels.softmax([1, 0, 0]), tolerance: 0.01)
        let error = #expect(throws: PenstockError.self) {
            try TensorFlowFixture.compile("tf_two_signatures", precision: .f16)
        }
        #expect(error?.message.contains("bf16") == true)
    }
}
