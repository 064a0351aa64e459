internal import PenstockCore

/// What `saved_model.pb` says of a model's graphs and their signatures, read without the engine.
struct SavedModelOutline: Sendable {
    /// A graph of the model, with the tags that it is loaded by.
    struct MetaGraph: Sendable {
        var tags: [String]
        var signatures: [SavedModelSignature]
    }

    /// The graphs, in the file's order.
    var metaGraphs: [MetaGraph]
}

extension SavedModelOutline {
    /// The numbers by which the schema knows the fields.
    private enum Field {
        static let metaGraphs = 2
        static let metaInfo = 1
        static let tags = 4
        static let signatures = 5
        static let key = 1
        static let value = 2
    }

    /// Reads the outline of a file.
    ///
    /// - Throws: `corrupt` when the bytes are not those of a SavedModel.
    init(_ file: MappedFile) throws(PenstockError) {
        metaGraphs = []
        for graph in try ProtobufMessage(file).messages(Field.metaGraphs) {
            metaGraphs.append(try Self.metaGraph(graph))
        }
    }

    private static func metaGraph(_ message: ProtobufMessage) throws(PenstockError) -> MetaGraph {
        let tags = try message.message(Field.metaInfo)?.strings(Field.tags) ?? []
        var signatures: [SavedModelSignature] = []
        for entry in try message.messages(Field.signatures) {
            let name = try entry.string(Field.key)
            // TensorFlow keeps the operation that prepares a model as a signature too.
            guard let value = try entry.message(Field.value), !name.hasPrefix("__saved_model") else { continue }
            signatures.append(try SavedModelSignature(name, value))
        }
        return MetaGraph(tags: tags, signatures: signatures.sorted { $0.name < $1.name })
    }
}
