internal import PenstockCore

/// How a model takes batches, found by running it: nothing in a graph says whether a batch goes all the way through.
struct TensorFlowBatches {
    /// The batches that the model takes.
    let support: BatchSupport
    /// The bytes that it puts out for a picture.
    let outputBytes: Int
    /// What the model refused, where something else was asked for.
    let refusal: BatchRefusal?

    /// Where neither the model nor the user says how many. Measured: eight pictures take a third less time than eight
    /// times one; more bring nothing.
    private static let usual = 8

    /// Runs the model on one picture and on a full batch, which also prepares it for both.
    init(
        _ runner: TensorFlowRunner,
        _ input: TensorDescription,
        _ output: TensorDescription,
        asked: Int?
    ) throws(PenstockError) {
        if let fixed = input.shape[0] {
            try self.init(runner, output, fixed: fixed, asked: asked)
        } else {
            try self.init(runner, output, wanted: asked ?? Self.usual)
        }
    }

    private init(
        _ runner: TensorFlowRunner,
        _ output: TensorDescription,
        fixed: Int,
        asked: Int?
    ) throws(PenstockError) {
        guard fixed > 0 else { throw unsupported("it takes batches of \(fixed)") }
        let bytes = try runner.trial(places: fixed)
        guard bytes % fixed == 0, bytes / fixed == output.placeBytes ?? bytes / fixed else {
            throw Self.contradicts(output, bytes)
        }
        support = .exactly(fixed)
        outputBytes = bytes / fixed
        refusal = asked.flatMap { $0 == fixed ? nil : BatchRefusal(wanted: $0, own: fixed) }
    }

    private init(_ runner: TensorFlowRunner, _ output: TensorDescription, wanted: Int) throws(PenstockError) {
        outputBytes = try runner.trial(places: 1)
        guard outputBytes > 0, outputBytes == output.placeBytes ?? outputBytes else {
            throw Self.contradicts(output, outputBytes)
        }
        let reason = wanted > 1 ? try runner.reasonAgainst(wanted, outputBytes: outputBytes) : nil
        support = reason == nil && wanted > 1 ? .upTo(wanted) : .exactly(1)
        refusal = reason.map { BatchRefusal(wanted: wanted, own: 1, reason: $0) }
    }

    private static func contradicts(_ output: TensorDescription, _ bytes: Int) -> PenstockError {
        unsupported("its output \(output.summary) came out as \(bytes) bytes, which does not fit that shape")
    }
}

extension TensorFlowRunner {
    /// Why a batch does not go through and give each picture its own scores, if so.
    ///
    /// - Throws: What is no fault of the model's, such as that a batch has no room in memory.
    fileprivate func reasonAgainst(_ places: Int, outputBytes: Int) throws(PenstockError) -> String? {
        do throws(PenstockError) {
            let bytes = try trial(places: places)
            let isShared = bytes % places == 0 && bytes / places == outputBytes
            return isShared ? nil : "It puts out \(bytes) bytes for \(places) pictures, and \(outputBytes) for one."
        } catch {
            guard error.code == .inferenceFailed, error.status != Self.exhausted else { throw error }
            return error.message
        }
    }

    /// What the library returns when it runs out of memory.
    private static let exhausted: Int32 = 8
}

extension TensorDescription {
    /// The bytes that one picture's share takes; `nil` where the shape leaves it open.
    fileprivate var placeBytes: Int? {
        let lengths = shape.count > 1 ? Array(shape.dropFirst()) : shape
        let bytes = elementType == "float32" ? 4 : 1
        return lengths.reduce(bytes) { product, length in
            length.flatMap { length in
                product.flatMap { product -> Int? in
                    let (bytes, isTooLarge) = product.multipliedReportingOverflow(by: length)
                    return isTooLarge ? nil : bytes
                }
            }
        }
    }
}
