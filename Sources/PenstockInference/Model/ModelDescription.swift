/// What a model says of itself once an engine has read it.
public struct ModelDescription: Hashable, Sendable {
    /// The inputs, in the model's order.
    public var inputs: [TensorDescription]
    /// The outputs, in the model's order.
    public var outputs: [TensorDescription]

    /// Makes a description.
    public init(inputs: [TensorDescription], outputs: [TensorDescription]) {
        self.inputs = inputs
        self.outputs = outputs
    }
}

/// One input or output of a model.
public struct TensorDescription: Hashable, Sendable {
    /// The tensor's name; empty when it has none.
    public var name: String
    /// The length of each dimension, `nil` where the model leaves it open.
    public var shape: [Int?]
    /// The type of the values, as the engine names it: `float32`, `uint8`, `int64`, `string`….
    public var elementType: String

    /// Makes a description.
    public init(name: String, shape: [Int?], elementType: String) {
        self.name = name
        self.shape = shape
        self.elementType = elementType
    }
}
