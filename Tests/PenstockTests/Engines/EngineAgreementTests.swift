import Foundation
import PenstockCore
import PenstockInference
import Testing

@testable import Penstock

/// The bundled weights on every engine and in every format, all engines in one process.
@Suite struct EngineAgreementTests {
    /// An engine and a file of the bundled model that it reads.
    struct Run: CustomTestStringConvertible {
        let engine: EngineChoice
        let model: String

        var testDescription: String { "\(model) on \(engine.rawValue)" }

        var isInstalled: Bool { (try? EngineKind(rawValue: engine.rawValue)?.open()) != nil }
    }

    private static let runs = [
        Run(engine: .openvino, model: "shapes.onnx"), Run(engine: .openvino, model: "saved_model"),
        Run(engine: .openvino, model: "shapes_frozen.pb"), Run(engine: .openvino, model: "shapes.tflite"),
        Run(engine: .tensorflow, model: "saved_model"), Run(engine: .tensorflow, model: "shapes_frozen.pb"),
        Run(engine: .onnxruntime, model: "shapes.onnx"),
    ].filter(\.isInstalled)

    /// What the runs are held against.
    private static let reference = Run(engine: .openvino, model: "shapes.xml")

    /// Engines add in different orders; scores are probabilities. Seen: 1e-6.
    private static let tolerance: Float = 1e-5

    private func session(_ run: Run, batch: Int? = nil) async throws -> Session {
        var configuration = Session.Configuration()
        configuration.engine = run.engine
        configuration.precision = .f32
        configuration.batch = batch
        return try await Session(
            model: FilePath(Reference.package.appendingPathComponent("Models/shapes/\(run.model)").path),
            configuration: configuration
        )
    }

    /// Every class of every bundled picture, best first.
    private func results(of session: Session) async throws -> [[Classification]] {
        let pictures = FilePath(Reference.package.appendingPathComponent("Examples/pictures").path)
        var options = ClassificationJob.Options()
        options.topCount = 12
        var results: [[Classification]] = []
        for try await item in session.classify(.folder(pictures), options: options) { results.append(item.top) }
        return results
    }

    private func largestDifference(_ found: [[Classification]], _ expected: [[Classification]]) -> Float {
        zip(found, expected).flatMap { found, expected in
            let scores = Dictionary(uniqueKeysWithValues: found.map { ($0.classIndex, $0.score) })
            return expected.map { abs($0.score - (scores[$0.classIndex] ?? .infinity)) }
        }.max() ?? .infinity
    }

    @Test(.enabled(if: reference.isInstalled, "OpenVINO is not installed"), arguments: runs)
    func `the same weights give the same top five on every engine`(run: Run) async throws {
        let expected = try await results(of: session(Self.reference))
        let found = try await results(of: session(run))
        #expect(found.count == 17 && expected.count == 17)
        #expect(found.map { $0.prefix(5).map(\.label) } == expected.map { $0.prefix(5).map(\.label) })
        let largest = largestDifference(found, expected)
        print("\(run.testDescription): the largest difference from shapes.xml on openvino is \(largest)")
        #expect(largest <= Self.tolerance)
    }

    @Test(arguments: [reference] + runs)
    func `a model opened twice runs twice at once, whatever the batch`(run: Run) async throws {
        let (first, second) = try await (session(run), session(run, batch: 4))
        async let one = results(of: first)
        async let four = results(of: second)
        let (left, right) = try await (one, four)
        #expect(largestDifference(left, right) <= Self.tolerance)
        #expect(left.count == 17)
    }
}
