import Foundation
import PenstockCore

@testable import PenstockInference

/// The models of `Scripts/make_test_models.py`, which score a picture by linear functions of its mean colours.
struct ColorModels {
    static let side = 32
    static let colors: [[Float]] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 0], [0.5, 0.25, 0.125]]
    static let folder = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4)
        .reduce(URL(fileURLWithPath: "/")) { $0.appendingPathComponent($1) }.appendingPathComponent("Models")

    let engine: any InferenceEngine

    func read(_ name: String) throws -> any ReadModel {
        let file = try ModelFile(FilePath(Self.folder.appendingPathComponent(name).path))
        try file.checkIntegrity()
        return try engine.read(file, TensorChoice())
    }

    func compile(
        _ name: String,
        layout: TensorLayout = .nchw,
        type: ElementType = .float32,
        batch: Int? = nil,
        side: Int = Self.side,
        precision: Precision = .f32,
        device: String = "CPU"
    ) throws -> any CompiledModel {
        let preprocessing = Preprocessing(size: ImageSize(side: side), elementType: type, layout: layout)
        return try read(name).compile(
            CompileOptions(
                device: device,
                precision: precision,
                batch: batch,
                threads: 2,
                preprocessing: preprocessing
            )
        )
    }

    /// The values of one picture of a single colour.
    static func plain<Value>(_ color: [Value], layout: TensorLayout = .nchw, side: Int = Self.side) -> [Value] {
        let count = side * side
        return layout == .nhwc
            ? (0..<count).flatMap { _ in color } : color.flatMap { Array(repeating: $0, count: count) }
    }

    /// Runs pictures, and returns each one's scores.
    static func run<Value>(_ request: any InferenceRequest, _ pictures: [[Value]]) throws -> [[Float]] {
        try request.run(pictures.map { $0.withUnsafeBytes { Array($0) } })
    }

    /// The scores of a picture with these means.
    static func softmax(_ color: [Float]) -> [Float] {
        let (r, g, b) = (color[0], color[1], color[2])
        let exponentials = [4 * r - 2 * g - 2 * b, 4 * g - 2 * r - 2 * b, 4 * b - 2 * r - 2 * g, 1 - r - g - b].map {
            exp($0)
        }
        return exponentials.map { $0 / exponentials.reduce(0, +) }
    }

    /// The largest difference between two sets of scores.
    static func difference(_ found: [Float], _ expected: [Float]) -> Float {
        guard found.count == expected.count else { return .infinity }
        return zip(found, expected).map { abs($0 - $1) }.max() ?? 0
    }
}
