import Foundation
import PenstockCore

@testable import Penstock
@testable import PenstockInference

/// A model without an engine, whose classes are told by the first bytes of a picture, and which fails as it is told to.
final class FakeModel: CompiledModel {
    let batch: BatchSupport
    let parallelism = 2
    let precision = "f32"
    let notes: [String] = []
    let contract: Contract
    /// Whether an inference over pictures that begin with these bytes fails.
    let fails: @Sendable ([UInt8]) -> Bool

    /// Whether an inference ends before it returns.
    let isSynchronous: Bool

    init(
        _ batch: BatchSupport,
        side: Int = 16,
        isSynchronous: Bool = false,
        fails: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }
    ) {
        self.batch = batch
        self.isSynchronous = isSynchronous
        self.fails = fails
        contract = Contract(
            preprocessing: Preprocessing(size: ImageSize(side: side), elementType: .uint8),
            labels: nil,
            activation: .none,
            outputIndex: 0,
            classCount: FakeRequest.classes,
            scoreFormat: .float32,
            origins: []
        )
    }

    func makeRequest() -> any InferenceRequest { FakeRequest(self) }

    func member(_ name: String, requestLimit: Int? = nil) -> Panel.Member {
        Panel.Member(name: name, contract: contract, model: self, requestLimit: requestLimit)
    }
}

/// A request that ends on a thread of its own unless its model says otherwise, and whose scores are the first bytes of its picture.
final class FakeRequest: InferenceRequest, @unchecked Sendable {
    static let classes = 4

    let input: UnsafeMutableRawBufferPointer
    private let outputs: UnsafeMutableBufferPointer<Float>
    private let model: FakeModel
    private var slotBytes: Int { model.contract.preprocessing.byteCount }

    init(_ model: FakeModel) {
        self.model = model
        let count = model.batch.capacity
        input = .allocate(byteCount: count * model.contract.preprocessing.byteCount, alignment: 64)
        input.initializeMemory(as: UInt8.self, repeating: 0)
        outputs = .allocate(capacity: count * Self.classes)
        outputs.initialize(repeating: .nan)
    }

    deinit {
        input.deallocate()
        outputs.deallocate()
    }

    func start(count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        precondition(0 < count && count <= model.batch.capacity)
        if model.isSynchronous { return whenDone(run(count)) }
        DispatchQueue.global().async { [self] in whenDone(run(count)) }
    }

    private func run(_ count: Int) -> PenstockError? {
        let pictures = (0..<count).map { place in (0..<Self.classes).map { input[place * slotBytes + $0] } }
        for (place, picture) in pictures.enumerated() {
            for (index, byte) in picture.enumerated() { outputs[place * Self.classes + index] = Float(byte) }
        }
        let hasFailed = pictures.contains(where: model.fails)
        return hasFailed ? PenstockError(.inferenceFailed, at: .infer, "The fake engine failed.") : nil
    }

    func output(at position: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            UnsafeBufferPointer(rebasing: outputs[(position * Self.classes)..<((position + 1) * Self.classes)])
        )
    }
}
