import Foundation
import PenstockCore
import Testing

@testable import PenstockInference

/// TensorFlow, the bundled models, and what tests do with them.
enum TensorFlowFixture {
    static let engine = Result { () throws(PenstockError) in try TensorFlowEngine() }

    static var isInstalled: Bool { (try? engine.get()) != nil }
    static let whySkipped: Comment = "TensorFlow is not installed; make engine-tensorflow installs it"

    static let root = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4)
        .reduce(URL(fileURLWithPath: "/")) { $0.appendingPathComponent($1) }.appendingPathComponent("Models")

    static func file(_ name: String) throws -> ModelFile {
        let folder = name.hasPrefix("/") ? URL(fileURLWithPath: "/") : root.appendingPathComponent("test")
        return try ModelFile(FilePath(folder.appendingPathComponent(name).standardized.path))
    }

    static func read(_ name: String, _ tensors: TensorChoice = TensorChoice()) throws -> any ReadModel {
        let file = try file(name)
        if file.format == .savedModel || file.format == .frozenGraph { try file.checkIntegrity() }
        return try engine.get().read(file, tensors)
    }

    static func compile(
        _ name: String,
        _ tensors: TensorChoice = TensorChoice(),
        side: Int = 32,
        type: ElementType = .float32,
        batch: Int? = nil,
        precision: Precision = .auto,
        device: String = "CPU"
    ) throws -> any CompiledModel {
        let preprocessing = Preprocessing(size: ImageSize(side: side), elementType: type, layout: .nhwc)
        return try read(name, tensors).compile(
            CompileOptions(
                device: device,
                precision: precision,
                batch: batch,
                threads: 2,
                preprocessing: preprocessing
            )
        )
    }

    /// A copy of a folder of the test models, to be damaged; whoever asks removes it.
    static func copy(_ name: String) throws -> URL {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("tensorflow-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: root.appendingPathComponent("test/\(name)"), to: copy)
        return copy
    }
}

/// Pictures of one colour, and how close answers to them are to be.
struct PlainColors {
    /// The bytes of a picture of one colour.
    static func picture(_ color: [Float], side: Int = 32) -> [UInt8] {
        (0..<(side * side)).flatMap { _ in color }.withUnsafeBytes { Array($0) }
    }

    static func expectClose(_ found: [Float], _ expected: [Float], tolerance: Float = 1e-5) {
        #expect(found.count == expected.count)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance }, "\(found) is not \(expected)")
    }
}
