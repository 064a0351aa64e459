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
            guard kind.formats.contains(file.format) else { throw doesNotRead(kind) }
            return [kind]
        }
        return EngineKind.allCases.filter { kind in
            kind.formats.contains(file.format) && (tensors.signature == nil || kind.takesAnyTensor)
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

    private func doesNotRead(_ kind: EngineKind) -> PenstockError {
        let others = EngineKind.allCases.filter { $0.formats.contains(file.format) }
        let names = others.map(\.product).joined(separator: " and ")
        let options = others.map { "--engine \($0.rawValue)" }.joined(separator: " or ")
        return PenstockError(
            .invalidConfiguration,
            at: .configure,
            "\(kind.product) does not read \(file.format.article) model such as \(file.named); "
                + "\(names) \(others.count == 1 ? "does" : "do"). Say \(options), or leave the choice to Penstock."
        )
    }
}

extension Engines {
    /// Makes sure that a model has the tensors that are meant, where an engine that comes later may find others in it.
    func check(
        _ description: ModelDescription,
        of kind: EngineKind,
        before others: ArraySlice<EngineKind>
    ) throws(PenstockError) {
        guard others.contains(where: \.takesAnyTensor) else { return }
        let wanted = [(tensors.input, description.inputs, "input"), (tensors.output, description.outputs, "output")]
        for case (let name?, let tensors, let word) in wanted where tensors.index(named: name) == nil {
            throw PenstockError(
                .modelUnreadable,
                at: .configure,
                "\(kind.product) sees no \(word) named \(name), which --\(word)-tensor asks for, in \(file.named); "
                    + "it sees \(tensors.map(\.name).joined(separator: ", "))."
            )
        }
    }
}

extension ModelFile.Format {
    /// The format's name after its article.
    fileprivate var article: String { (self == .openvinoIR || self == .onnx ? "an " : "a ") + rawValue }
}
