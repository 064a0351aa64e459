internal import PenstockInference

extension JobRecord {
    /// What was said of the model's tensors, and nothing of what was left to the model.
    static func fields(_ tensors: TensorChoice) -> [Field] {
        [("signature", tensors.signature), ("input-tensor", tensors.input), ("output-tensor", tensors.output)]
            .compactMap { name, value in value.map { Field(name: name, value: $0) } }
    }
}
