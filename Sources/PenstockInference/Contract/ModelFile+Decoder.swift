internal import PenstockCore

extension ModelFile {
    /// What to do with a model that takes files' bytes and decodes them by itself.
    var wayAroundDecoder: String {
        let exporting = "export it without the decoder"
        switch format {
        case .frozenGraph: return "name the tensor behind its decoder with --input-tensor, or " + exporting
        case .savedModel where !pictorialSignatures.isEmpty:
            return "say " + pictorialSignatures.map { "--signature \($0)" }.joined(separator: " or ")
                + ", which takes pictures as they are"
        default: return exporting
        }
    }

    /// The signatures of a SavedModel that take pictures.
    private var pictorialSignatures: [String] {
        guard let content = try? MappedFile(path.appending("saved_model.pb")),
            let graph = try? SavedModelOutline(content).servingGraph(of: self)
        else { return [] }
        return graph.signatures.filter(\.takesPictures).map(\.name)
    }
}
