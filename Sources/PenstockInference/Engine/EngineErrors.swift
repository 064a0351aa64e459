package import PenstockCore

extension PenstockError.Code {
    /// No library of the engine was found.
    package static let engineMissing = Self(rawValue: "engineMissing")
    /// What was found of the engine cannot be used.
    package static let engineBroken = Self(rawValue: "engineBroken")
    /// The engine could not read the model.
    package static let modelUnreadable = Self(rawValue: "modelUnreadable")
    /// The engine could not compile the model for the device.
    package static let compilationFailed = Self(rawValue: "compilationFailed")
    /// An inference failed.
    package static let inferenceFailed = Self(rawValue: "inferenceFailed")
}

extension EngineKind {
    /// The refusal of a device that is not here; another engine may have it.
    func hasNoDevice(_ device: String, _ devices: [String], _ more: String = "") -> PenstockError {
        PenstockError(
            .compilationFailed,
            at: .configure,
            "\(product) has no device \(device) here (there is \(devices.joined(separator: ", ")))\(more)."
        )
    }

    /// The refusal of a model of a format that the engine does not read, with those that do.
    package func doesNotRead(_ file: ModelFile) -> PenstockError {
        let others = EngineKind.allCases.filter { $0.formats.contains(file.format) }
        let names = others.map(\.product).joined(separator: " and ")
        let options = others.map { "--engine \($0.rawValue)" }.joined(separator: " or ")
        return PenstockError(
            .invalidConfiguration,
            at: .configure,
            "\(product) does not read \(file.format.article) model such as \(file.named); "
                + "\(names) \(others.count == 1 ? "does" : "do"). Say \(options), or leave the choice to Penstock."
        )
    }
}

extension ModelFile.Format {
    /// The format's name after its article.
    package var article: String { (self == .openvinoIR || self == .onnx ? "an " : "a ") + rawValue }
}
