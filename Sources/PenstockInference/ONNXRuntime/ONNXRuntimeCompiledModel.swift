internal import PenstockCore

/// A model that is ready to run, with the threads that its runs block.
final class ONNXRuntimeCompiledModel: CompiledModel {
    let session: ONNXRuntimeSession
    let tensors: ONNXRuntimeTensors
    let batch: BatchSupport
    /// As many as there are cores: each run keeps to the thread that asked for it.
    let parallelism: Int
    let precision = "f32"
    let notes: [String]
    /// Where runs block.
    let threads: RequestThreads

    /// Makes a model of a session that may have others.
    init(
        _ session: ONNXRuntimeSession,
        _ tensors: ONNXRuntimeTensors,
        _ batch: BatchSupport,
        _ threads: Int,
        _ refusal: BatchRefusal? = nil
    ) {
        self.session = session
        self.tensors = tensors
        self.batch = batch
        let parallelism = max(1, threads)
        notes = refusal.map { [$0.note(parallelism: parallelism)] } ?? []
        self.parallelism = parallelism
        self.threads = RequestThreads(count: parallelism, of: .onnxruntime)
    }

    deinit {
        threads.stop()
    }

    func makeRequest() throws(PenstockError) -> any InferenceRequest {
        try threads.startOnce()
        return try ONNXRuntimeRequest(self)
    }
}
