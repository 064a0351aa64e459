internal import PenstockCore

/// A model that ONNX Runtime has looked at. It is loaded again to be run, which a look need not wait for.
final class ONNXRuntimeModel: ReadModel {
    let library: ONNXRuntimeLibrary
    let file: ModelFile
    let description: ModelDescription

    /// Reads a model's inputs and outputs, and lets go of it.
    init(_ library: ONNXRuntimeLibrary, _ file: ModelFile) throws(PenstockError) {
        self.library = library
        self.file = file
        description = try ONNXRuntimeSession(library, file, for: .description).describe()
    }
}

extension ONNXRuntimeModel {
    func compile(_ options: CompileOptions) throws(PenstockError) -> any CompiledModel {
        try checkDevice(options.device)
        try checkPrecision(options.precision)
        let tensors = try ONNXRuntimeTensors(description, options)
        let session = try ONNXRuntimeSession(library, file, for: .inference)
        let wanted = options.batch ?? tensors.ownBatch ?? 1
        if let own = tensors.ownBatch {
            let notes = own == wanted ? [] : [Self.refusal(of: wanted, own: own)]
            return ONNXRuntimeCompiledModel(session, tensors, .exactly(own), options.threads, notes)
        }
        let model = ONNXRuntimeCompiledModel(session, tensors, .upTo(wanted), options.threads, [])
        if wanted == 1 || Self.runs(model) { return model }
        return ONNXRuntimeCompiledModel(
            session,
            tensors,
            .exactly(1),
            options.threads,
            [Self.refusal(of: wanted, own: 1)]
        )
    }

    /// Whether a full batch can be run: a model may declare an open batch and still take one picture at a time.
    private static func runs(_ model: ONNXRuntimeCompiledModel) -> Bool {
        guard let request = try? ONNXRuntimeRequest(model) else { return false }
        return (try? request.run(count: model.batch.capacity)) != nil
    }

    private static func refusal(of wanted: Int, own: Int) -> String {
        "The model refuses a batch of \(wanted): it runs as parallel requests of \(own)."
    }
}

// MARK: - What the engine has not

extension ONNXRuntimeModel {
    private func checkDevice(_ device: String) throws(PenstockError) {
        guard device.uppercased() != "CPU" else { return }
        let others = library.providers().filter { $0 != "CPUExecutionProvider" }.joined(separator: ", ")
        throw PenstockError(
            .compilationFailed,
            at: .configure,
            "There is no device \(device) here (there is CPU): Penstock runs ONNX Runtime on the CPU alone"
                + (others.isEmpty ? "." : ", though this library also has \(others).")
        )
    }

    private func checkPrecision(_ precision: Precision) throws(PenstockError) {
        guard precision == .bf16 || precision == .f16 else { return }
        throw PenstockError(
            .invalidConfiguration,
            at: .configure,
            "ONNX Runtime computes as the model was exported, so it has no --precision \(precision.rawValue). "
                + "Leave --precision out, or choose an engine that has it (--engine openvino)."
        )
    }
}
