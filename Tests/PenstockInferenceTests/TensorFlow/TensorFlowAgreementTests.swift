import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// The bundled classifier of shapes on TensorFlow and on OpenVINO: the same weights, so the same scores.
@Suite(.enabled(if: TensorFlowFixture.isInstalled, TensorFlowFixture.whySkipped))
struct TensorFlowAgreementTests {
    /// Two ways to add the same products in single precision, and a softmax after them.
    private static let tolerance: Float = 1e-5

    private func scores(_ engine: any InferenceEngine, _ name: String, _ pictures: [[UInt8]]) throws -> [[Float]] {
        let file = try ModelFile(FilePath(TensorFlowFixture.root.appendingPathComponent("shapes/\(name)").path))
        let model = try engine.read(file, TensorChoice())
        let side = try #require(model.description.inputs.first?.shape[1])
        let preprocessing = Preprocessing(size: ImageSize(side: side), layout: .nhwc)
        let compiled = try model.compile(
            CompileOptions(precision: .f32, batch: 1, threads: 2, preprocessing: preprocessing)
        )
        let request = try compiled.makeRequest()
        return try pictures.map { try request.run([Array($0.prefix(request.input.count))])[0] }
    }

    /// Smooth stripes of several widths, from −1 to 1.
    private var pictures: [[UInt8]] {
        (1...4).map { width in
            (0..<(512 * 512 * 3)).map { sin(Float($0) / Float(width * 37)) }.withUnsafeBytes { Array($0) }
        }
    }

    @Test(arguments: ["saved_model", "shapes_frozen.pb"])
    func `gives the scores that OpenVINO gives`(name: String) throws {
        let found = try scores(try TensorFlowFixture.engine.get(), name, pictures)
        let expected = try scores(try OpenVINOEngine(), "saved_model", pictures)
        for (found, expected) in zip(found, expected) {
            PlainColors.expectClose(found, expected, tolerance: Self.tolerance)
        }
    }

    @Test func `shares a process with OpenVINO opened before it`() async {
        await #expect(processExitsWith: .success) {
            _ = try OpenVINOEngine().devices
            let request = try TensorFlowFixture.compile("tf_two_signatures", batch: 1).makeRequest()
            PlainColors.expectClose(
                try request.run([PlainColors.picture([1, 0, 0])])[0],
                ColorModels.softmax([1, 0, 0])
            )
        }
    }

    @Test func `shares a process with OpenVINO opened after it`() async {
        await #expect(processExitsWith: .success) {
            let request = try TensorFlowFixture.compile("tf_two_signatures", batch: 1).makeRequest()
            let file = try TensorFlowFixture.file("nhwc.onnx")
            let preprocessing = Preprocessing(size: ImageSize(side: 32), layout: .nhwc)
            let other = try OpenVINOEngine().read(file, TensorChoice())
                .compile(CompileOptions(precision: .f32, batch: 1, threads: 2, preprocessing: preprocessing))
                .makeRequest()
            for request in [request, other] {
                PlainColors.expectClose(
                    try request.run([PlainColors.picture([1, 0, 0])])[0],
                    ColorModels.softmax([1, 0, 0])
                )
            }
        }
    }

    @Test func `a process may exit while inferences run`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let request = try TensorFlowFixture.compile("tf_two_signatures", batch: 1).makeRequest()
            @Sendable func again(_ failure: PenstockError?) {
                request.start(count: 1, whenDone: again)
            }
            again(nil)
            exit(0)
        }
    }
}
