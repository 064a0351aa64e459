internal import PenstockCore
internal import PenstockFlow

/// A model that is loaded, has run once, and is ready to run again.
final class TensorFlowCompiledModel: CompiledModel {
    let batch: BatchSupport
    let parallelism = 1
    let precision: String
    let notes: [String]
    /// The bytes that a picture's scores take.
    let outputBytes: Int
    let runner: TensorFlowRunner
    /// Where requests run: the library holds its caller until an inference has ended.
    let threads: RequestThreads

    /// Finds out how the model takes batches, by running it.
    init(
        _ session: TensorFlowSession,
        _ file: ModelFile,
        input: GraphTensor,
        output: GraphTensor,
        precision: Precision,
        _ options: CompileOptions
    ) throws(PenstockError) {
        runner = try TensorFlowRunner(session, file, input: input, output: output, options.preprocessing)
        let batches = try TensorFlowBatches(runner, input.description, output.description, asked: options.batch)
        batch = batches.support
        outputBytes = batches.outputBytes
        notes = batches.refusal.map { [$0.note(parallelism: 1)] } ?? []
        self.precision = precision.rawValue
        threads = RequestThreads(count: 1, of: .tensorflow)
    }

    deinit {
        threads.stop()
    }

    func makeRequest() throws(PenstockError) -> any InferenceRequest {
        try threads.startOnce()
        return try TensorFlowRequest(self)
    }
}
