internal import COpenVINO
internal import PenstockCore
internal import PenstockFlow

/// A model compiled for a device, with the thread that hands finished requests back.
@safe final class OpenVINOCompiledModel: CompiledModel {
    let engine: OpenVINOEngine
    let batch: BatchSupport
    let parallelism: Int
    let precision: String
    let notes: [String]
    /// The dimensions of a full batch.
    let shape: [Int]
    let slotBytes: Int
    let elementType: ElementType
    let outputIndex: Int
    let pointer: OpaquePointer
    /// Where finished requests are handed back: the library calls back on the very thread that should start the next
    /// inference, and before it will say whether this one failed.
    let completions = RequestThreads(count: 1, of: .openvino, endsRuns: true)

    /// Takes over the library's compiled model.
    init(
        engine: OpenVINOEngine,
        adopting pointer: OpaquePointer,
        batch: BatchSupport,
        slotBytes: Int,
        shape: [Int],
        elementType: ElementType,
        outputIndex: Int,
        refusal: BatchRefusal?
    ) {
        self.engine = engine
        unsafe self.pointer = unsafe pointer
        self.batch = batch
        self.slotBytes = slotBytes
        self.shape = shape
        self.elementType = elementType
        self.outputIndex = outputIndex
        let parallelism = unsafe max(
            1,
            Self.property("OPTIMAL_NUMBER_OF_INFER_REQUESTS", pointer, engine).flatMap { Int($0) } ?? 1
        )
        self.parallelism = parallelism
        notes = refusal.map { [$0.note(parallelism: parallelism)] } ?? []
        precision = unsafe Self.property("INFERENCE_PRECISION_HINT", pointer, engine) ?? "unknown"
    }

    deinit {
        completions.stop()
        // Owned since init; every request holds a reference to self, so none is left.
        EngineActivity.during(.openvino) { unsafe engine.library.functions.compiled_model_free(pointer) }
    }

    func makeRequest() throws(PenstockError) -> any InferenceRequest {
        try completions.startOnce()
        return try OpenVINORequest(self)
    }

    private static func property(_ key: String, _ model: OpaquePointer, _ engine: OpenVINOEngine) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        // The string is copied, then given back to the library.
        guard unsafe engine.library.functions.compiled_model_get_property(model, key, &value) == 0,
            let value = unsafe value
        else { return nil }
        defer { unsafe engine.library.functions.free(value) }
        return unsafe String(cString: value)
    }
}

/// The library lets any thread make requests of a compiled model.
extension OpenVINOCompiledModel: @unchecked Sendable {}
