internal import PenstockCore

/// How a model takes batches, found by running it: nothing in a graph says whether a batch goes all the way through.
struct TensorFlowBatches {
    /// The batches that the model takes.
    let support: BatchSupport
    /// The bytes that it puts out for a picture.
    let outputBytes: Int
    /// What to tell the user when it is not what was asked for.
    let note: String?

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
        let bytes = try runner.checkedTrial(places: fixed)
        guard bytes == fixed * (output.placeBytes ?? bytes / fixed), bytes % fixed == 0 else {
            throw Self.contradicts(output, bytes)
        }
        support = .exactly(fixed)
        outputBytes = bytes / fixed
        note = asked.flatMap { $0 == fixed ? nil : "The model takes batches of exactly \(fixed), not of \($0)." }
    }

    private init(_ runner: TensorFlowRunner, _ output: TensorDescription, wanted: Int) throws(PenstockError) {
        outputBytes = try runner.checkedTrial(places: 1)
        guard outputBytes > 0, outputBytes == output.placeBytes ?? outputBytes else {
            throw Self.contradicts(output, outputBytes)
        }
        let isTaken = wanted > 1 ? try runner.takes(wanted, outputBytes: outputBytes) : false
        support = isTaken ? .upTo(wanted) : .exactly(1)
        note =
            isTaken || wanted == 1
            ? nil : "The model refuses a batch of \(wanted): it runs as parallel requests of 1."
    }

    private static func contradicts(_ output: TensorDescription, _ bytes: Int) -> PenstockError {
        unsupported("its output \(output.summary) came out as \(bytes) bytes, which does not fit that shape")
    }
}

extension TensorFlowRunner {
    /// The most memory for the pictures of one batch.
    private static let mostBytes = 1 << 34

    /// Runs black pictures, if there is any sense in so many.
    fileprivate func checkedTrial(places: Int) throws(PenstockError) -> Int {
        let (bytes, isTooLarge) = places.multipliedReportingOverflow(by: slotBytes)
        guard places > 0, !isTooLarge, bytes <= Self.mostBytes else {
            throw refusal("A batch of \(places) pictures of this model's size does not fit into memory; lower --batch.")
        }
        return try trial(places: places)
    }

    /// Whether a batch goes through and gives each picture its own scores.
    fileprivate func takes(_ places: Int, outputBytes: Int) throws(PenstockError) -> Bool {
        do {
            return try checkedTrial(places: places) == places * outputBytes
        } catch  where error.code == .inferenceFailed {
            return false
        }
    }
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
