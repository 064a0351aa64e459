/// Which of a model's signatures, inputs and outputs are meant, where it has several.
public struct TensorChoice: Hashable, Sendable {
    /// A SavedModel's signature (`--signature`); `nil` takes the one that serves by default.
    public var signature: String?
    /// The input that takes pictures (`--input-tensor`); `nil` takes the only one.
    public var input: String?
    /// The output that holds the scores (`--output-tensor`); `nil` takes the one that looks like scores.
    public var output: String?

    /// Makes a choice.
    public init(signature: String? = nil, input: String? = nil, output: String? = nil) {
        self.signature = signature
        self.input = input
        self.output = output
    }
}
