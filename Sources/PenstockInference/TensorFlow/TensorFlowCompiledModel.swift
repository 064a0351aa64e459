internal import CTensorFlow
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
        // The model has run, so the library's own exit handlers stand, and this one comes before them.
        _ = penstock_tensorflow_end_in_order()
        batch = batches.support
        outputBytes = batches.outputBytes
        notes = batches.note.map { [$0] } ?? []
        self.precision = precision.rawValue
        threads = RequestThreads(count: parallelism)
    }

    deinit {
        threads.stop()
    }

    func makeRequest() throws(PenstockError) -> any InferenceRequest {
        try threads.startOnce()
        return TensorFlowRequest(self)
    }
}
