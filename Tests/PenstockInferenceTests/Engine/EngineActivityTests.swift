import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct EngineActivityTests {
    @Test func `exit waits for what is under way and lets nothing begin`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let begun = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                EngineActivity.during(.openvino) {
                    begun.signal()
                    usleep(200_000)
                    // What is inside may go further in.
                    EngineActivity.during(.openvino) {}
                    _exit(0)
                }
            }
            begun.wait()
            exit(1)
        }
    }

    @Test func `exit from within does not wait for itself`() async {
        await #expect(processExitsWith: .exitCode(3)) {
            EngineActivity.during(.openvino) { () -> Void in exit(3) }
        }
    }

    @Test func `exit with every engine at work is orderly`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            var requests: [any InferenceRequest] = []
            for (kind, name) in [
                (EngineKind.openvino, "nchw.onnx"), (.onnxruntime, "nchw.onnx"), (.tensorflow, "tf_two_signatures"),
            ] {
                guard let engine = try? kind.open() else { continue }
                let file = try TensorFlowFixture.file(name)
                let layout = kind == .tensorflow ? TensorLayout.nhwc : .nchw
                let preprocessing = Preprocessing(size: ImageSize(side: 32), elementType: .float32, layout: layout)
                let model = try engine.read(file, TensorChoice()).compile(
                    CompileOptions(batch: 64, threads: 2, preprocessing: preprocessing)
                )
                for _ in 0..<4 { requests.append(try model.makeRequest()) }
            }
            for request in requests { request.start(count: 64) { _ in } }
            exit(0)
        }
    }
}
