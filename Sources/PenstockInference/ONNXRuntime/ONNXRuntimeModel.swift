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
        try EngineActivity.during(.onnxruntime, .compiling) { () throws(PenstockError) in try compiled(options) }
    }

    private func compiled(_ options: CompileOptions) throws(PenstockError) -> ONNXRuntimeCompiledModel {
        try checkDevice(options.device)
        try checkPrecision(options.precision)
        let tensors = try ONNXRuntimeTensors(description, options)
        let session = try ONNXRuntimeSession(library, file, for: .inference)
        let wanted = options.batch ?? tensors.ownBatch ?? 1
        if let own = tensors.ownBatch {
            let refusal = own == wanted ? nil : BatchRefusal(wanted: wanted, own: own)
            return ONNXRuntimeCompiledModel(session, tensors, .exactly(own), options.threads, refusal)
        }
        let model = ONNXRuntimeCompiledModel(session, tensors, .upTo(wanted), options.threads)
        guard wanted > 1, let reason = try Self.reasonAgainst(model) else { return model }
        let refusal = BatchRefusal(wanted: wanted, own: 1, reason: reason)
        return ONNXRuntimeCompiledModel(session, tensors, .exactly(1), options.threads, refusal)
    }

    /// Why a full batch cannot be run, if so: a model may declare an open batch and still take one picture at a time.
    ///
    /// - Throws: What is no fault of the model's, such as that a batch has no room in memory.
    private static func reasonAgainst(_ model: ONNXRuntimeCompiledModel) throws(PenstockError) -> String? {
        let request = try ONNXRuntimeRequest(model)
        do throws(PenstockError) {
            try request.run(count: model.batch.capacity)
            return nil
        } catch {
            guard error.code == .inferenceFailed else { throw error }
            return error.message
        }
    }
}

// MARK: - What the engine has not

extension ONNXRuntimeModel {
    private func checkDevice(_ device: String) throws(PenstockError) {
        guard device != "CPU" else { return }
        let others = library.providers().filter { $0 != "CPUExecutionProvider" }.joined(separator: ", ")
        throw EngineKind.onnxruntime.hasNoDevice(
            device,
            ["CPU"],
            ": Penstock runs it on the CPU alone" + (others.isEmpty ? "" : ", though this library also has \(others)")
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
