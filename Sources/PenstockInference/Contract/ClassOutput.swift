internal import PenstockCore

/// Which of the model's outputs holds a score for each class.
struct ClassOutput: Hashable, Sendable {
    let index: Int
    let name: String
    let classCount: Int
    let elementType: String

    /// Finds the scores among the model's outputs.
    ///
    /// One output must look like scores: `[N,classes]`, the same with two dimensions of 1 after or before the classes,
    /// or `[classes]`. Others beside it are passed over, unless they show that the model does something else.
    ///
    /// - Parameter wanted: The name of the output that is meant; `nil` takes the only one that looks like scores.
    /// - Throws: When no output or several look like scores, or the model looks like a detector.
    init(_ description: ModelDescription, named wanted: String? = nil) throws(PenstockError) {
        if let wanted {
            try self.init(description.outputs, wanted)
        } else {
            try self.init(description.outputs)
        }
    }

    private init(_ outputs: [TensorDescription], _ wanted: String) throws(PenstockError) {
        let index = try outputs.require(wanted, "output", option: "--output-tensor")
        guard let count = Self.classCount(outputs[index].shape) else {
            throw unsupported(Self.reason([outputs[index]], found: 0, outputs[index].summary))
        }
        self.init(index: index, name: wanted, classCount: count, elementType: outputs[index].elementType)
    }

    private init(_ outputs: [TensorDescription]) throws(PenstockError) {
        let names = outputs.map(\.summary).joined(separator: ", ")
        let found = outputs.indices.filter { Self.classCount(outputs[$0].shape) != nil }
        guard found.count == 1, let index = found.first, !outputs.contains(where: \.looksLikeBoxes) else {
            throw unsupported(Self.reason(outputs, found: found.count, names))
        }
        self.init(
            index: index,
            name: outputs[index].name,
            classCount: Self.classCount(outputs[index].shape) ?? 0,
            elementType: outputs[index].elementType
        )
    }

    private init(index: Int, name: String, classCount: Int, elementType: String) {
        self.index = index
        self.name = name
        self.classCount = classCount
        self.elementType = elementType
    }

    /// The number of classes, if a shape is one of scores.
    private static func classCount(_ shape: [Int?]) -> Int? {
        switch shape.count {
        case 1: return shape[0].flatMap { $0 > 1 ? $0 : nil }
        case 2: return shape[1].flatMap { $0 > 0 ? $0 : nil }
        case 4 where shape[2] == 1 && shape[3] == 1: return shape[1].flatMap { $0 > 0 ? $0 : nil }
        case 4 where shape[1] == 1 && shape[2] == 1: return shape[3].flatMap { $0 > 0 ? $0 : nil }
        default: return nil
        }
    }

    private static func reason(_ outputs: [TensorDescription], found: Int, _ names: String) -> String {
        if outputs.isEmpty { return "it has no output" }
        if outputs.contains(where: { $0.looksLikeBoxes || (found == 0 && $0.shape.count == 3) }) {
            return "its outputs (\(names)) look like those of a detection model; a classifier puts out [N,classes]"
        }
        if found > 1 {
            return
                "\(found) of its outputs (\(names)) could be the scores; name one with --output-tensor, or export it with the scores alone"
        }
        if outputs.contains(where: { $0.shape.count == 2 }) {
            return "its output (\(names)) does not say how many classes there are; export it with that dimension fixed"
        }
        if outputs.contains(where: { $0.shape.count == 4 }) {
            return "its output (\(names)) looks like a map or a segmentation; a classifier puts out [N,classes]"
        }
        return "its output (\(names)) is not [N,classes]"
    }
}

extension ClassOutput {
    /// How the output holds its scores, given what is declared of its quantisation.
    func scoreFormat(_ quantization: Quantization?) throws(PenstockError) -> ScoreFormat {
        switch (elementType, quantization) {
        case ("float32", _): return .float32
        case ("uint8", let quantization): return .uint8(quantization ?? .unitBytes)
        case ("int8", .some(let quantization)): return .int8(quantization)
        case ("int8", nil):
            throw unsupported("its output \(name) holds int8 values and nothing says what they stand for")
        default:
            throw unsupported(
                "its output \(name) holds \(elementType), where float32, uint8 and int8 scores can be read"
            )
        }
    }
}

extension TensorDescription {
    /// Whether the shape is one of boxes, as only detection models have.
    fileprivate var looksLikeBoxes: Bool {
        (shape.count == 3 && shape[2] == 4) || (shape.count == 4 && shape[3] == 7)
    }
}
