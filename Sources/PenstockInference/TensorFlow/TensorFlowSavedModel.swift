internal import PenstockCore

/// A SavedModel whose signatures have been read. Its graph and variables are loaded when it is compiled.
struct TensorFlowSavedModel: ReadModel {
    let description: ModelDescription

    private let library: TensorFlowLibrary
    private let file: ModelFile
    private let tags: [String]
    private let signature: SavedModelSignature

    /// Reads the signatures and chooses one.
    init(_ library: TensorFlowLibrary, _ file: ModelFile, _ tensors: TensorChoice) throws(PenstockError) {
        let graph = try Self.outline(file).servingGraph(of: file)
        var signature = try graph.signature(tensors.signature, of: file)
        if let input = tensors.input { signature.inputs.call(input) }
        if let output = tensors.output { signature.outputs.call(output) }
        description = ModelDescription(
            inputs: signature.inputs.map(\.description),
            outputs: signature.outputs.map(\.description)
        )
        self.library = library
        self.file = file
        self.signature = signature
        tags = graph.tags
    }

    private static func outline(_ file: ModelFile) throws(PenstockError) -> SavedModelOutline {
        let content = try MappedFile(file.path.appending("saved_model.pb"))
        guard let outline = try? SavedModelOutline(content) else {
            throw file.notWhole
        }
        return outline
    }

    func compile(_ options: CompileOptions) throws(PenstockError) -> any CompiledModel {
        try EngineActivity.during(.tensorflow, .compiling) { () throws(PenstockError) in try compiled(options) }
    }

    private func compiled(_ options: CompileOptions) throws(PenstockError) -> TensorFlowCompiledModel {
        let configuration = try TensorFlowConfiguration(options, library)
        let session = try TensorFlowSession.loading(file, tags: tags, library, configuration)
        return try TensorFlowCompiledModel(
            session,
            file,
            input: signature.inputs[0],
            output: signature.outputs[options.outputIndex],
            precision: configuration.precision,
            options
        )
    }
}

extension [GraphTensor] {
    /// Gives the tensor that a user means by the name of a tensor of the graph that very name.
    fileprivate mutating func call(_ name: String) {
        guard !contains(where: { $0.description.name == name }) else { return }
        for index in indices where self[index].name.isMeant(by: name) { self[index].description.name = name }
    }
}
