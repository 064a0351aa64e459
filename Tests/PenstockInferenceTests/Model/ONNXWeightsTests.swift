import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

@Suite struct ONNXWeightsTests {
    /// A model whose weights lie in files of these names.
    private func model(_ names: [String]) -> [UInt8] {
        var graph = ProtobufBytes()
        for name in names {
            var entry = ProtobufBytes()
            entry.add(1, "location")
            entry.add(2, name)
            var weights = ProtobufBytes()
            weights.add(13, entry)
            graph.add(5, weights)
        }
        var model = ProtobufBytes()
        model.add(7, graph)
        return model.bytes
    }

    @Test func `weights in files of any name count for the digest`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("penstock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("model.onnx")
        try Data(model(["b.bin", "a.bin", "b.bin"])).write(to: path)
        for name in ["a.bin", "b.bin"] { try Data([1]).write(to: folder.appendingPathComponent(name)) }
        let found = try ONNXWeights.files(of: FilePath(path.path))
        #expect(found.map { String(decoding: $0.lastComponent, as: UTF8.self) } == ["a.bin", "b.bin"])
        let before = try ModelFile(FilePath(path.path)).contentDigest()
        try Data([2]).write(to: folder.appendingPathComponent("b.bin"))
        #expect(try ModelFile(FilePath(path.path)).contentDigest() != before)
        try FileManager.default.removeItem(at: folder.appendingPathComponent("b.bin"))
        #expect(try ModelFile(FilePath(path.path)).contentDigest() != before)
    }
}
