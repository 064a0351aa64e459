import PenstockCore
import PenstockFlow
import Testing
import Foundation
@testable import PenstockInference

@Suite struct Scratch {
    @Test func run() throws {
        let engine = try OpenVINOEngine()
        print(engine.version, engine.devices())
        for (path, batch) in [("/tmp/bench/models/mobilenet_v2/mobilenet_v2.onnx", nil), ("/tmp/bench/models/mobilenet_v2/saved_model", 8), ("/work/shared/data/imagenet/mobilenet_v2_1.0_224_quant.tflite", 4)] as [(String, Int?)] {
            let file = try ModelFile(FilePath(path))
            let t0 = MonotonicTime.now
            let model = try engine.read(file)
            print(model.description, (MonotonicTime.now - t0))
            let u8 = path.hasSuffix("tflite")
            let c = try model.compile(CompileOptions(batch: batch, threads: 2, preprocessing: Preprocessing(size: .init(side: 224), elementType: u8 ? .uint8 : .float32)))
            print(c.batch, c.parallelism, c.precision, c.notes, (MonotonicTime.now - t0))
            let r = try c.makeRequest()
            for i in 0..<r.input.count { r.input[i] = u8 ? UInt8(i % 251) : 0 }
            for count in Set([1, c.batch.capacity]) {
                let s = DispatchSemaphore(value: 0)
                r.start(count: count) { print("failure", $0 as Any); s.signal() }
                s.wait()
                print(count, r.output(at: count - 1).count, Array(r.output(at: count - 1).prefix(16)), (MonotonicTime.now - t0))
            }
        }
        do { _ = try engine.read(try ModelFile("/work/main/Package.swift")) } catch { print(error) }
        for (n, c) in [("/tmp/bad.onnx", "garbage"), ("/tmp/bad.xml", "<net>"), ("/tmp/bad.tflite", "xx"), ("/tmp/bad.pb", "yyyy")] {
            try c.write(toFile: n, atomically: true, encoding: .utf8)
            do { _ = try engine.read(try ModelFile(FilePath(n))) } catch { print(error) }
        }
    }
}
