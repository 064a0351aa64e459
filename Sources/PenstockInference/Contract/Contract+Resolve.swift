public import PenstockCore

extension Contract {
    /// Decides how a model is fed and read.
    ///
    /// Each field is taken from the first source that declares it: the flags; `penstock.json`; Hugging Face's files;
    /// timm's; labels beside the model; OpenVINO's `rt_info`; TensorFlow Lite's metadata; the model itself.
    ///
    /// - Parameter asDefaults: Whether the flags stand behind all that the model and its files declare, as those do that
    ///   several models share.
    /// - Throws: When the model is no classifier of colour pictures, when declarations contradict the model, and when
    ///   nothing declares how pictures are normalised for a model that takes floating point.
    public static func resolve(
        _ model: ModelFile,
        _ description: ModelDescription,
        flags: ContractFlags = ContractFlags(),
        asDefaults: Bool = false,
        tensors: TensorChoice = TensorChoice()
    ) throws(PenstockError) -> Contract {
        let input = try ImageInput(description, of: model, named: tensors.input)
        let output = try ClassOutput(description, named: tensors.output)
        let sources = try ContractSources(model, input, output, flags: flags, asDefaults: asDefaults)
        var resolver = ContractResolver(sources: sources, input: input, output: output)
        return try resolver.contract()
    }
}
