internal import CTensorFlow
internal import PenstockCore

/// A graph of the library's.
@safe final class TensorFlowGraph {
    let library: TensorFlowLibrary
    let pointer: OpaquePointer

    /// Makes an empty graph.
    init(_ library: TensorFlowLibrary) {
        self.library = library
        unsafe pointer = library.functions.NewGraph()!
    }

    deinit {
        // Owned since init. Sessions keep what they need of it.
        EngineActivity.during(.tensorflow) { unsafe library.functions.DeleteGraph(pointer) }
    }

    /// Adds the graph that a file holds.
    func add(_ content: MappedFile, of file: ModelFile) throws(PenstockError) {
        let options = library.functions.NewImportGraphDefOptions()!
        // The options are ours from the line above to the end of this call.
        defer { unsafe library.functions.DeleteImportGraphDefOptions(options) }
        // The bytes are mapped for the length of the call, which copies what it needs.
        let added = unsafe content.withBytes { bytes -> Result<Void, PenstockError> in
            var definition = unsafe tf_buffer(data: bytes.baseAddress, length: bytes.count, deallocate: nil)
            return Result { () throws(PenstockError) in
                let what = "\(file.named) could not be read as \(file.format.rawValue)"
                try unsafe library.call(.modelUnreadable, at: .configure, what) { status in
                    unsafe library.functions.GraphImportGraphDef(pointer, &definition, options, status)
                }
            }
        }
        try added.get()
    }
}

/// The library locks its graphs itself.
extension TensorFlowGraph: @unchecked Sendable {}

// MARK: - What is in it

extension TensorFlowGraph {
    /// A tensor of the graph; `nil` where there is none of that name.
    func output(_ name: GraphTensorName) -> tf_output? {
        let operation = unsafe name.operation.withCString {
            unsafe library.functions.GraphOperationByName(pointer, $0)
        }
        // The operation lives as long as the graph.
        guard let operation = unsafe operation,
            unsafe name.index < library.functions.OperationNumOutputs(operation)
        else { return nil }
        return unsafe tf_output(operation: operation, index: name.index)
    }

    /// What the library makes out of a tensor's type and shape.
    func description(of output: tf_output, named name: String) throws(PenstockError) -> TensorDescription {
        TensorDescription(
            name: name,
            shape: unsafe try shape(of: output),
            elementType: unsafe elementType(of: output)
        )
    }

    /// The type of a tensor's values.
    func elementType(of output: tf_output) -> String {
        // The output belongs to this graph.
        unsafe TensorFlowElementTypes.name(of: Int64(library.functions.OperationOutputType(output)))
    }

    /// The dimensions, `nil` where one is open; empty for a shape whose rank is open.
    private func shape(of output: tf_output) throws(PenstockError) -> [Int?] {
        let what = "The shape of a tensor could not be found"
        let count = try unsafe library.call(.modelUnreadable, at: .configure, what) { status in
            unsafe library.functions.GraphGetTensorNumDims(pointer, output, status)
        }
        guard count > 0 else { return [] }
        var lengths = [Int64](repeating: 0, count: Int(count))
        try unsafe library.call(.modelUnreadable, at: .configure, what) { status in
            // The array is as long as the call is told.
            unsafe library.functions.GraphGetTensorShape(pointer, output, &lengths, count, status)
        }
        return lengths.map(TensorFlowShape.length)
    }
}
