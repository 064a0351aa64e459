internal import PenstockCore

/// A frozen graph: operations with the weights among them, and no word on what is an input or an output.
struct TensorFlowFrozenGraph: ReadModel {
    let description: ModelDescription

    private let graph: TensorFlowGraph
    private let file: ModelFile
    private let inputs: [GraphTensor]
    private let outputs: [GraphTensor]

    /// Reads a graph and finds its ends.
    init(_ library: TensorFlowLibrary, _ file: ModelFile, _ tensors: TensorChoice) throws(PenstockError) {
        graph = TensorFlowGraph(library)
        try graph.add(MappedFile(file.path), of: file)
        let operations = graph.operations()
        inputs = try Self.entries(graph, tensors.input, "input", operations.filter(\.isInput), operations)
        outputs = try Self.entries(graph, tensors.output, "output", operations.filter(\.isEnd), operations)
        description = ModelDescription(inputs: inputs.map(\.description), outputs: outputs.map(\.description))
        self.file = file
    }

    func compile(_ options: CompileOptions) throws(PenstockError) -> any CompiledModel {
        try EngineActivity.during(.tensorflow, .compiling) { () throws(PenstockError) in try compiled(options) }
    }

    private func compiled(_ options: CompileOptions) throws(PenstockError) -> TensorFlowCompiledModel {
        let configuration = try TensorFlowConfiguration(options, graph.library)
        return try TensorFlowCompiledModel(
            TensorFlowSession.running(graph, configuration),
            file,
            input: inputs[0],
            output: outputs[options.outputIndex],
            precision: configuration.precision,
            options
        )
    }
}

// MARK: - Reading

extension TensorFlowFrozenGraph {
    /// The tensor that is asked for, or those of the operations that may be meant.
    private static func entries(
        _ graph: TensorFlowGraph,
        _ wanted: String?,
        _ kind: String,
        _ likely: [GraphOperation],
        _ operations: [GraphOperation]
    ) throws(PenstockError) -> [GraphTensor] {
        guard let wanted else {
            var entries: [GraphTensor] = []
            for operation in likely { entries += try graph.entries(of: operation) }
            return entries
        }
        guard let entry = try graph.entry(GraphTensorName(wanted), named: wanted) else {
            let names = likely.isEmpty ? "none that is sure" : likely.map(\.name).joined(separator: ", ")
            throw refusal(
                "The graph has no tensor named \(wanted), which --\(kind)-tensor asks for; its likely \(kind)s are "
                    + "\(names)." + NearestName.hint(wanted, among: operations.map(\.name))
            )
        }
        return [entry]
    }
}

extension GraphOperation {
    /// Whether it stands for something that is fed.
    fileprivate var isInput: Bool { kind == "Placeholder" }

    /// Whether it may put out scores: nothing takes what it puts out, and it computes something.
    fileprivate var isEnd: Bool {
        outputCount > 0 && !isConsumed && !["Const", "Placeholder", "PlaceholderWithDefault"].contains(kind)
    }
}

extension TensorFlowGraph {
    /// A tensor with its description; `nil` where there is none of that name.
    fileprivate func entry(
        _ name: GraphTensorName,
        named text: String
    ) throws(PenstockError) -> GraphTensor? {
        guard let output = unsafe output(name) else { return nil }
        // The output was found in this graph.
        return GraphTensor(name: name, description: unsafe try description(of: output, named: text))
    }

    /// The tensors that an operation puts out. The first is called as the operation.
    fileprivate func entries(of operation: GraphOperation) throws(PenstockError) -> [GraphTensor] {
        var entries: [GraphTensor] = []
        for index in 0..<operation.outputCount {
            let text = index == 0 ? operation.name : "\(operation.name):\(index)"
            if let entry = try entry(GraphTensorName(text), named: text) { entries.append(entry) }
        }
        return entries
    }
}
