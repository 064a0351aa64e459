import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// The signatures of a SavedModel are read without TensorFlow.
@Suite struct SavedModelOutlineTests {
    private func outline(_ folder: String) throws -> SavedModelOutline {
        let file = TensorFlowFixture.root.appendingPathComponent("\(folder)/saved_model.pb")
        return try SavedModelOutline(MappedFile(FilePath(file.path)))
    }

    private func tensor(_ type: String, _ shape: [Int?]) -> GraphTensor {
        GraphTensor(
            name: GraphTensorName("x:0"),
            description: TensorDescription(name: "x", shape: shape, elementType: type)
        )
    }

    private func signature(_ name: String, _ type: String = "float32") -> SavedModelSignature {
        SavedModelSignature(name: name, inputs: [tensor(type, [nil, 8, 8, 3])], outputs: [tensor(type, [nil, 4])])
    }

    private let file = ModelFileStandIn.file

    @Test func `reads tags and signatures and tensors`() throws {
        let graph = try #require(try outline("test/tf_two_signatures").metaGraphs.first)
        #expect(graph.tags == ["serve"])
        #expect(graph.signatures.map(\.name) == ["serve", "serving_default"])
        for signature in graph.signatures {
            #expect(signature.inputs.map(\.description.name) == ["image"])
            #expect(signature.inputs.map(\.description.shape) == [[nil, 32, 32, 3]])
            #expect(signature.inputs.map(\.description.elementType) == ["float32"])
            #expect(signature.inputs.first?.name == GraphTensorName("\(signature.name)_image:0"))
            #expect(signature.outputs.map(\.description.shape) == [[nil, 4]])
        }
        #expect(try outline("test/tf_unsigned").metaGraphs.map(\.signatures.count) == [0])
    }

    @Test func `takes the usual signatures before others`() throws {
        typealias Graph = SavedModelOutline.MetaGraph
        let names = ["other", "serve", "serving_default"]
        let all = Graph(tags: [], signatures: names.map { signature($0) })
        #expect(try all.signature(nil, of: file).name == "serving_default")
        #expect(try all.signature("other", of: file).name == "other")
        let noDefault = Graph(tags: [], signatures: names.prefix(2).map { signature($0) })
        #expect(try noDefault.signature(nil, of: file).name == "serve")
        let onePicture = Graph(tags: [], signatures: [signature("text", "string"), signature("picture")])
        #expect(try onePicture.signature(nil, of: file).name == "picture")
        let only = Graph(tags: [], signatures: [signature("text", "string")])
        #expect(try only.signature(nil, of: file).name == "text")
    }

    /// The tags of the graph that is chosen among graphs of these.
    private func chosen(_ tags: [[String]]) throws -> [String] {
        let graphs = tags.map { SavedModelOutline.MetaGraph(tags: $0, signatures: []) }
        let graph = try SavedModelOutline(metaGraphs: graphs).servingGraph(of: file)
        return graph.tags
    }

    @Test func `takes the graph that serves`() throws {
        #expect(try chosen([["serve", "tpu"], ["train"], ["serve"]]) == ["serve"])
        #expect(try chosen([["train"], ["serve", "gpu"]]) == ["serve", "gpu"])
        #expect(try chosen([["train"]]) == ["train"])
        #expect(throws: PenstockError.self) { _ = try chosen([["train"], ["eval"]]) }
        #expect(throws: PenstockError.self) { _ = try chosen([]) }
    }

    /// Every length and every tag is hit by some of these; what is read must be an outline or an error.
    @Test func `survives damage anywhere`() throws {
        let source = TensorFlowFixture.root.appendingPathComponent("test/tf_named_signatures/saved_model.pb")
        let whole = [UInt8](try Data(contentsOf: source))
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).pb")
        defer { try? FileManager.default.removeItem(at: file) }
        var readable = 0
        for place in stride(from: 0, to: whole.count, by: 7) {
            for damaged in [
                Array(whole.prefix(place)), whole.replacing(place, by: 0xFF), whole.replacing(place, by: 0x7F),
            ] {
                try Data(damaged).write(to: file)
                let mapped = try MappedFile(FilePath(file.path))
                if (try? SavedModelOutline(mapped)) != nil { readable += 1 }
            }
        }
        #expect(readable > 0)
    }

    @Test(arguments: [
        ("Mul", "Mul", 0), ("Mul:1", "Mul", 1), ("a/b:0", "a/b", 0), ("a:b", "a:b", 0), ("a:-1", "a:-1", 0),
    ])
    func `reads names of tensors`(text: String, operation: String, index: Int32) {
        let name = GraphTensorName(text)
        #expect(name.operation == operation)
        #expect(name.index == index)
    }
}

/// A model that messages may name.
private enum ModelFileStandIn {
    static var file: ModelFile {
        // The bundled models are always there.
        try! TensorFlowFixture.file("tf_two_signatures")
    }
}

extension [UInt8] {
    fileprivate func replacing(_ place: Int, by byte: UInt8) -> [UInt8] {
        var copy = self
        copy[place] = byte
        return copy
    }
}
