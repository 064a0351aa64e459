internal import PenstockCore

/// The files in which an ONNX model keeps weights outside of its own.
enum ONNXWeights {
    /// The numbers of the schema's fields.
    private enum Field {
        static let graph = 7, initializer = 5, externalData = 13, key = 1, value = 2
    }

    /// The files that a model's weights name, each once, in the order of their names.
    ///
    /// - Throws: When the model is damaged.
    static func files(of model: FilePath) throws(PenstockError) -> [FilePath] {
        var names: Set<String> = []
        guard let graph = try ProtobufMessage(MappedFile(model)).message(Field.graph) else { return [] }
        for weights in try graph.messages(Field.initializer) {
            for entry in try weights.messages(Field.externalData) where try entry.string(Field.key) == "location" {
                names.insert(try entry.string(Field.value))
            }
        }
        return names.sorted().map { model.parent.appending($0) }
    }
}
