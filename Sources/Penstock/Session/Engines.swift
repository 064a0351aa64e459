internal import PenstockCore
internal import PenstockInference

/// Which engines may run a model.
struct Engines {
    /// What was asked for.
    let choice: EngineChoice
    let file: ModelFile
    let tensors: TensorChoice

    /// The engines to try, the best first.
    ///
    /// - Throws: When what was asked for does not go together.
    func candidates() throws(PenstockError) -> [EngineKind] {
        if let signature = tensors.signature, file.format != .savedModel { throw hasNoSignatures(signature) }
        if let kind = EngineKind(rawValue: choice.rawValue) {
            guard kind.formats.contains(file.format) else { throw kind.doesNotRead(file) }
            return [kind]
        }
        return EngineKind.allCases.filter { kind in
            kind.formats.contains(file.format) && (tensors.signature == nil || kind.seesEverything(in: file.format))
        }
    }

    private func hasNoSignatures(_ signature: String) -> PenstockError {
        PenstockError(
            .invalidConfiguration,
            at: .configure,
            "\(file.named) is \(file.format.article) model and has no signatures, so there is none called \(signature); "
                + "leave --signature out."
        )
    }
}

extension Engines {
    /// Makes sure that an engine sees the model as it is meant, where one that comes later may see more in it.
    func check(
        _ description: ModelDescription,
        of kind: EngineKind,
        before others: ArraySlice<EngineKind>
    ) throws(PenstockError) {
        guard others.contains(where: { $0.seesEverything(in: file.format) }) else { return }
        try check(tensors.input, among: description.inputs, "input", of: kind)
        try check(tensors.output, among: description.outputs, "output", of: kind)
        guard description.inputs.count == 1 else {
            throw sees(kind, Self.list(description.inputs, "input") + ", where a classifier of pictures has one")
        }
    }

    private func check(
        _ name: String?,
        among tensors: [TensorDescription],
        _ word: String,
        of kind: EngineKind
    ) throws(PenstockError) {
        guard let name, tensors.index(named: name) == nil else { return }
        throw sees(kind, "\(Self.list(tensors, word)), and none named \(name) as --\(word)-tensor asks for")
    }

    private func sees(_ kind: EngineKind, _ what: String) -> PenstockError {
        PenstockError(.modelUnreadable, at: .configure, "\(kind.product) sees \(what), in \(file.named).")
    }

    private static func list(_ tensors: [TensorDescription], _ word: String) -> String {
        let names = tensors.map { $0.name.isEmpty ? "(unnamed)" : $0.name }.joined(separator: ", ")
        return tensors.isEmpty ? "no \(word)" : "\(tensors.count) \(word)\(tensors.count == 1 ? "" : "s") (\(names))"
    }
}
