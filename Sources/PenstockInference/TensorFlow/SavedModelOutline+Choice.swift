internal import PenstockCore

extension SavedModelOutline {
    /// The graph that is meant for inference: the one tagged `serve` and nothing else, then one tagged `serve` among
    /// others, then the only one.
    ///
    /// - Throws: When the file holds none, or none of several is for inference.
    func servingGraph(of file: ModelFile) throws(PenstockError) -> MetaGraph {
        if let plain = metaGraphs.first(where: { $0.tags == ["serve"] }) { return plain }
        if let tagged = metaGraphs.first(where: { $0.tags.contains("serve") }) { return tagged }
        guard metaGraphs.count == 1, let only = metaGraphs.first else {
            let tags = metaGraphs.map { "[\($0.tags.joined(separator: ", "))]" }.joined(separator: ", ")
            throw refusal(
                metaGraphs.isEmpty
                    ? "\(file.named) holds no graph; export the model again."
                    : "\(file.named) holds several graphs, tagged \(tags), and none is tagged serve; export it for serving.",
                .unsupportedModel
            )
        }
        return only
    }
}

extension SavedModelOutline.MetaGraph {
    /// The signature that is meant: the one asked for, or else `serving_default`, `serve`, or the only one that takes a
    /// picture.
    ///
    /// - Throws: When there is none of the name asked for, none at all, or several that may be meant.
    func signature(_ wanted: String?, of file: ModelFile) throws(PenstockError) -> SavedModelSignature {
        guard !signatures.isEmpty else { throw Self.unsigned(file) }
        if let wanted { return try named(wanted, of: file) }
        for usual in ["serving_default", "serve"] {
            if let signature = signatures.first(where: { $0.name == usual }) { return signature }
        }
        let pictorial = signatures.filter(\.takesPictures)
        if let only = pictorial.count == 1 ? pictorial.first : nil { return only }
        if let only = signatures.count == 1 ? signatures.first : nil { return only }
        throw refusal("\(file.named) has several signatures (\(names)); name one with --signature.")
    }

    private var names: String { signatures.map(\.name).joined(separator: ", ") }

    private func named(_ wanted: String, of file: ModelFile) throws(PenstockError) -> SavedModelSignature {
        if let signature = signatures.first(where: { $0.name == wanted }) { return signature }
        throw refusal(
            "\(file.named) has no signature named \(wanted); it has \(names)."
                + NearestName.hint(wanted, among: signatures.map(\.name))
        )
    }

    private static func unsigned(_ file: ModelFile) -> PenstockError {
        refusal(
            "\(file.named) has no signatures, so nothing says which of its tensors take pictures and which hold scores. "
                + "Export it with one: model.export(folder) in Keras, or "
                + "tf.saved_model.save(model, folder, signatures=function).",
            .unsupportedModel
        )
    }
}
