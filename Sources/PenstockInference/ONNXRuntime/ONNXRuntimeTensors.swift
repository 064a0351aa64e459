internal import PenstockCore

/// The two tensors of a run: the pictures that go in and the scores that come out.
struct ONNXRuntimeTensors: Sendable {
    /// One of the two.
    struct Side: Sendable {
        let name: String
        let type: ONNXRuntimeElementType
        /// The dimensions after the batch.
        let place: [Int]
        /// Whether there is a dimension for the batch.
        let hasBatch: Bool
        /// The bytes of one place.
        let placeBytes: Int

        /// The dimensions of a number of places.
        func shape(of count: Int) -> [Int64] {
            ((hasBatch ? [count] : []) + place).map { Int64($0) }
        }
    }

    let input: Side
    let output: Side
    /// The number of places that the model insists on; `nil` where it leaves that open.
    let ownBatch: Int?
}

extension ONNXRuntimeTensors {
    /// Settles what the model leaves open by what was decided on.
    init(_ description: ModelDescription, _ options: CompileOptions) throws(PenstockError) {
        guard let picture = description.inputs.first, description.outputs.indices.contains(options.outputIndex) else {
            throw Self.unsupported("it has no input or no such output")
        }
        let scores = description.outputs[options.outputIndex]
        input = try Self.input(picture, options.preprocessing)
        output = try Self.output(scores)
        let rows = output.hasBatch ? scores.shape[0] : 1
        let own = picture.shape.first ?? nil
        if let own, let rows, own != rows {
            throw Self.unsupported("it answers \(own) pictures with \(rows) rows of scores")
        }
        ownBatch = own ?? rows
        if let ownBatch, ownBatch < 1 { throw Self.unsupported("it takes batches of \(ownBatch)") }
    }

    private static func input(_ tensor: TensorDescription, _ preprocessing: Preprocessing) throws(PenstockError) -> Side
    {
        guard let type = ONNXRuntimeElementType(named: preprocessing.elementType.rawValue) else {
            throw unsupported("ONNX Runtime has no \(preprocessing.elementType.rawValue) tensors")
        }
        let size = preprocessing.size
        return Side(
            name: tensor.name,
            type: type,
            place: preprocessing.layout == .nhwc ? [size.height, size.width, 3] : [3, size.height, size.width],
            hasBatch: true,
            placeBytes: preprocessing.byteCount
        )
    }

    /// The bytes that a place's scores may take, which is far beyond any classifier's.
    private static let mostPlaceBytes = 1 << 26

    private static func output(_ tensor: TensorDescription) throws(PenstockError) -> Side {
        let hasBatch = tensor.shape.count > 1
        let place = tensor.shape.dropFirst(hasBatch ? 1 : 0).compactMap(\.self)
        guard let type = ONNXRuntimeElementType(named: tensor.elementType), let bytes = type.byteCount else {
            throw unsupported("its output \(tensor.name) holds \(tensor.elementType), and no scores are held in that")
        }
        guard !place.isEmpty, place.count == tensor.shape.count - (hasBatch ? 1 : 0) else {
            throw unsupported("its output \(tensor.name) does not say how many scores it holds")
        }
        var count = bytes
        for length in place {
            let (product, isTooMuch) = count.multipliedReportingOverflow(by: length)
            guard !isTooMuch, product > 0, product <= mostPlaceBytes else {
                throw unsupported("its output [\(tensor.shape.text)] is empty, or more than scores ever are")
            }
            count = product
        }
        return Side(name: tensor.name, type: type, place: place, hasBatch: hasBatch, placeBytes: count)
    }

    private static func unsupported(_ reason: String) -> PenstockError {
        PenstockError(.compilationFailed, at: .configure, "ONNX Runtime cannot run this model: \(reason).")
    }
}
