import PenstockCore
import PenstockInference
import Testing

@testable import Penstock

/// Which engine is taken, decided on engines that exist only here.
@Suite struct EngineTrialsTests {
    /// What an engine of the test does.
    enum Behavior {
        case absent, broken, cannotRead, cannotCompile, lacksContract
        case works(inputs: [String] = ["image"])
    }

    private struct FakeEngine: InferenceEngine {
        let kind: EngineKind
        let behavior: Behavior
        let version = "1"
        let path: FilePath = "/fake"
        let devices: [EngineDevice] = []

        func read(_ model: ModelFile, _ tensors: TensorChoice) throws(PenstockError) -> any ReadModel {
            if case .cannotRead = behavior { throw EngineTrialsTests.error(.modelUnreadable, kind, "cannot read it") }
            let inputs = if case .works(let inputs) = behavior { inputs } else { ["image"] }
            return FakeModel(inputs)
        }
    }

    private struct FakeModel: ReadModel {
        let description: ModelDescription

        init(_ inputs: [String]) {
            let inputs = inputs.map { TensorDescription(name: $0, shape: [nil, 8, 8, 3], elementType: "float32") }
            description = ModelDescription(inputs: inputs, outputs: [])
        }

        func compile(_ options: CompileOptions) throws(PenstockError) -> any CompiledModel {
            throw EngineTrialsTests.error(.compilationFailed, .openvino, "is never compiled here")
        }
    }

    private static func error(_ code: PenstockError.Code, _ kind: EngineKind, _ what: String) -> PenstockError {
        PenstockError(code, at: .configure, "\(kind.product) \(what).")
    }

    /// The engine that is taken and the notes, with engines of the given behaviours.
    private func trial(
        _ model: String,
        _ behaviors: [EngineKind: Behavior],
        choice: EngineChoice = .auto,
        tensors: TensorChoice = TensorChoice()
    ) throws -> (opened: EngineKind, notes: [String]) {
        let file = try ModelFile(FilePath(Reference.package.appendingPathComponent("Models/shapes/\(model)").path))
        let shelf = EngineShelf(
            open: { (kind) throws(PenstockError) in
                switch behaviors[kind] ?? .absent {
                case .absent: throw Self.error(.engineMissing, kind, "is absent")
                case .broken: throw Self.error(.engineBroken, kind, "is broken")
                case let behavior: return FakeEngine(kind: kind, behavior: behavior)
                }
            }
        )
        let engines = Engines(choice: choice, file: file, tensors: tensors)
        return try EngineTrials.first(of: engines, from: shelf) { (engine, _) throws(PenstockError) in
            switch behaviors[engine.kind] {
            case .cannotCompile: throw Self.error(.compilationFailed, engine.kind, "cannot compile it")
            case .lacksContract: throw Self.error(.invalidConfiguration, engine.kind, "needs a preset")
            default: return engine.kind
            }
        }
    }

    private func refusal(
        _ model: String,
        _ behaviors: [EngineKind: Behavior],
        choice: EngineChoice = .auto,
        tensors: TensorChoice = TensorChoice()
    ) -> String {
        do {
            let kind = try trial(model, behaviors, choice: choice, tensors: tensors).opened
            return "\(kind) was taken"
        } catch {
            return (error as? PenstockError)?.message ?? "\(error)"
        }
    }

    @Test(arguments: [("shapes.xml", EngineKind.openvino), ("shapes.onnx", .openvino), ("saved_model", .openvino)])
    func `the preferred engine is taken where all are there`(model: String, kind: EngineKind) throws {
        let all: [EngineKind: Behavior] = [.openvino: .works(), .tensorflow: .works(), .onnxruntime: .works()]
        let (opened, notes) = try trial(model, all)
        #expect(opened == kind && notes.isEmpty)
    }

    @Test(arguments: [("shapes.onnx", EngineKind.onnxruntime), ("saved_model", .tensorflow)])
    func `an absent engine is passed over in silence`(model: String, kind: EngineKind) throws {
        let (opened, notes) = try trial(model, [.tensorflow: .works(), .onnxruntime: .works()])
        #expect(opened == kind && notes.isEmpty)
    }

    @Test(arguments: [Behavior.broken, .cannotRead, .cannotCompile])
    func `an engine that is there and fails is passed over with a note`(behavior: Behavior) throws {
        let (opened, notes) = try trial("shapes.onnx", [.openvino: behavior, .onnxruntime: .works()])
        #expect(opened == .onnxruntime && notes.count == 1)
        #expect(notes.first?.hasPrefix("ONNX Runtime runs the model in place of OpenVINO, which could not.") == true)
    }

    @Test func `what the user must say is asked for at once`() {
        let text = refusal("shapes.onnx", [.openvino: .lacksContract, .onnxruntime: .works()])
        #expect(text == "OpenVINO needs a preset.")
        let after = refusal("shapes.onnx", [.openvino: .broken, .onnxruntime: .lacksContract])
        #expect(after == "ONNX Runtime needs a preset. OpenVINO was tried as well. OpenVINO is broken.")
    }

    @Test func `an engine asked for by name stands alone`() {
        let text = refusal("shapes.onnx", [.openvino: .works(), .onnxruntime: .broken], choice: .onnxruntime)
        #expect(text == "ONNX Runtime is broken.")
    }

    @Test func `an engine that does not read the format is refused with those that do`() {
        let text = refusal("saved_model", [.onnxruntime: .works()], choice: .onnxruntime)
        #expect(
            text.contains("OpenVINO and TensorFlow do") && text.contains("--engine openvino or --engine tensorflow")
        )
        #expect(refusal("shapes.tflite", [:], choice: .tensorflow).contains("OpenVINO does"))
    }

    @Test func `with no engine at all the best one's absence is told`() {
        #expect(refusal("shapes.onnx", [:]) == "OpenVINO is absent.")
    }

    @Test func `where all fail the best one's reason comes first and an absent one is offered`() {
        let both = refusal("shapes.onnx", [.openvino: .cannotRead, .onnxruntime: .broken])
        #expect(both == "OpenVINO cannot read it. ONNX Runtime was tried as well. ONNX Runtime is broken.")
        let one = refusal("saved_model", [.openvino: .cannotRead])
        #expect(one.hasPrefix("OpenVINO cannot read it. TensorFlow reads such models too; `make engine-tensorflow`"))
    }

    @Test func `a signature takes TensorFlow and belongs to a SavedModel`() throws {
        let all: [EngineKind: Behavior] = [.openvino: .works(), .tensorflow: .works(), .onnxruntime: .works()]
        let signature = TensorChoice(signature: "scores")
        let (opened, notes) = try trial("saved_model", all, tensors: signature)
        #expect(opened == .tensorflow && notes.isEmpty)
        #expect(refusal("shapes.onnx", all, tensors: signature).contains("leave --signature out"))
        #expect(refusal("saved_model", [.openvino: .works()], tensors: signature) == "TensorFlow is absent.")
    }

    @Test func `an input that only TensorFlow may find takes TensorFlow`() throws {
        let all: [EngineKind: Behavior] = [.openvino: .works(), .tensorflow: .works(inputs: ["inner"])]
        let (opened, notes) = try trial("shapes_frozen.pb", all, tensors: TensorChoice(input: "inner"))
        #expect(opened == .tensorflow && notes.first?.contains("none named inner") == true)
        #expect(try trial("shapes_frozen.pb", all, tensors: TensorChoice(input: "image")).opened == .openvino)
        let alone = refusal("shapes_frozen.pb", [.openvino: .works()], tensors: TensorChoice(input: "inner"))
        #expect(alone.contains("sees 1 input (image)") && alone.contains("make engine-tensorflow"))
    }

    @Test func `a SavedModel whose signatures run together takes TensorFlow`() throws {
        let two: [EngineKind: Behavior] = [.openvino: .works(inputs: ["a", "b"]), .tensorflow: .works()]
        let (opened, notes) = try trial("saved_model", two)
        #expect(opened == .tensorflow && notes.first?.contains("sees 2 inputs (a, b)") == true)
        #expect(try trial("shapes.onnx", two).opened == .openvino, "the contract says what is wrong with it")
    }

    @Test func `a damaged model is refused before any engine is opened`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("torn.onnx", [8, 7, 0x12, 200])
        let engines = Engines(choice: .auto, file: try ModelFile(file), tensors: TensorChoice())
        let shelf = EngineShelf(
            open: { (kind) throws(PenstockError) in
                Issue.record("\(kind) is opened")
                throw Self.error(.engineMissing, kind, "is absent")
            }
        )
        let error = #expect(throws: PenstockError.self) {
            try EngineTrials.first(of: engines, from: shelf) { (_, _) throws(PenstockError) in }
        }
        #expect(error?.code == .modelUnreadable)
    }
}
