/// The name of a tensor in a graph: an operation, and which of its outputs.
struct GraphTensorName: Hashable, Sendable {
    /// The operation's name.
    let operation: String
    /// Which of its outputs.
    let index: Int32

    /// Reads `operation:index`; without an index the first output is meant.
    init(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 2, let index = Int32(parts[1]), index >= 0 {
            operation = String(parts[0])
            self.index = index
        } else {
            operation = text
            index = 0
        }
    }

    /// Whether a name that a user gave means this tensor.
    func isMeant(by text: String) -> Bool {
        GraphTensorName(text) == self
    }
}

/// A tensor of a graph, and what is known of it.
struct GraphTensor: Hashable, Sendable {
    /// Where it is in the graph.
    var name: GraphTensorName
    /// Its shape and type, under the name that users know.
    var description: TensorDescription
}
