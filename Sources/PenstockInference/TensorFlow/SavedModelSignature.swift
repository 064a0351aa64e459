internal import PenstockCore

/// A way to call a model: its inputs and outputs by the names that users know, and the tensors behind them.
struct SavedModelSignature: Hashable, Sendable {
    /// The signature's name.
    var name: String
    /// The inputs, by name.
    var inputs: [GraphTensor]
    /// The outputs, by name.
    var outputs: [GraphTensor]
}

extension SavedModelSignature {
    /// The numbers by which the schema knows the fields.
    private enum Field {
        static let inputs = 1
        static let outputs = 2
        static let key = 1
        static let value = 2
        static let tensorName = 1
        static let elementType = 2
        static let shape = 3
        static let dimensions = 2
        static let length = 1
        static let hasUnknownRank = 3
    }

    /// Reads a signature.
    init(_ name: String, _ message: ProtobufMessage) throws(PenstockError) {
        self.name = name
        inputs = try Self.entries(message, Field.inputs)
        outputs = try Self.entries(message, Field.outputs)
    }

    /// The tensors of one side. The file holds them in no order, so they are put into that of their names.
    private static func entries(_ message: ProtobufMessage, _ field: Int) throws(PenstockError) -> [GraphTensor] {
        var entries: [GraphTensor] = []
        for entry in try message.messages(field) {
            guard let tensor = try entry.message(Field.value) else { continue }
            let description = TensorDescription(
                name: try entry.string(Field.key),
                shape: try shape(tensor.message(Field.shape)),
                elementType: TensorFlowElementTypes.name(of: try tensor.integer(Field.elementType))
            )
            let name = GraphTensorName(try tensor.string(Field.tensorName))
            entries.append(GraphTensor(name: name, description: description))
        }
        return entries.sorted { $0.description.name < $1.description.name }
    }

    /// The dimensions, `nil` where one is open; empty for a shape whose rank is open.
    private static func shape(_ message: ProtobufMessage?) throws(PenstockError) -> [Int?] {
        guard let message, try message.integer(Field.hasUnknownRank) == 0 else { return [] }
        var shape: [Int?] = []
        for dimension in try message.messages(Field.dimensions) {
            shape.append(TensorFlowShape.length(try dimension.integer(Field.length)))
        }
        return shape
    }
}

extension SavedModelSignature {
    /// Whether the one input is a batch of colour pictures that can be fed.
    var takesPictures: Bool {
        guard inputs.count == 1, let input = inputs.first?.description, input.shape.count == 4 else { return false }
        return ElementType(rawValue: input.elementType) != nil
            && [input.shape[1], input.shape[3]].contains { $0 == nil || $0 == 3 }
    }
}
