internal import CTensorFlow
internal import PenstockCore

/// What is known of an operation before anything is asked of its tensors.
struct GraphOperation: Hashable, Sendable {
    /// Its name in the graph.
    var name: String
    /// What it does, such as `Placeholder` or `Softmax`.
    var kind: String
    /// How many tensors it puts out.
    var outputCount: Int32
    /// Whether another operation takes any of them.
    var isConsumed: Bool
}

extension TensorFlowGraph {
    /// The operations, in the graph's order.
    func operations() -> [GraphOperation] {
        var operations: [GraphOperation] = []
        var position = 0
        // The library hands out its operations until it has none left; they live as long as the graph.
        while let operation = unsafe library.functions.GraphNextOperation(pointer, &position) {
            unsafe operations.append(describe(operation))
        }
        return operations
    }

    private func describe(_ operation: OpaquePointer) -> GraphOperation {
        let functions = library.functions
        // The texts belong to the operation and are copied.
        let count = unsafe functions.OperationNumOutputs(operation)
        return GraphOperation(
            name: unsafe String(cString: functions.OperationName(operation)!),
            kind: unsafe String(cString: functions.OperationOpType(operation)!),
            outputCount: count,
            isConsumed: (0..<count).contains { index in
                unsafe functions.OperationOutputNumConsumers(tf_output(operation: operation, index: index)) > 0
            }
        )
    }
}
