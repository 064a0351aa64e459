internal import CTensorFlow
internal import PenstockCore

/// An inference request with its own input memory, which the library reads where it lies: filling a slot is all the
/// copying there is.
@safe final class TensorFlowRequest: InferenceRequest, WaitingRequest {
    let input: UnsafeMutableRawBufferPointer

    private let model: TensorFlowCompiledModel
    private let status: OpaquePointer
    /// The input seen as a tensor of 1, 2, … places; made when first needed.
    private var tensors: [OpaquePointer?]
    private var count = 0
    /// What the last run put out, kept until the next.
    private var output: OpaquePointer?
    private var whenDone: (@Sendable (PenstockError?) -> Void)?

    /// Makes a request of the model.
    init(_ model: TensorFlowCompiledModel) throws(PenstockError) {
        self.model = model
        let capacity = model.batch.capacity
        // Owned until deinit, like everything made here.
        unsafe input = try BatchMemory(placeBytes: model.runner.slotBytes, places: capacity).allocate()
        unsafe tensors = unsafe Array(repeating: nil, count: capacity + 1)
        unsafe status = model.runner.library.functions.NewStatus()!
    }

    deinit {
        let functions = model.runner.library.functions
        // No run is under way: whoever carries one on holds a reference.
        EngineActivity.during(.tensorflow) {
            letGoOfOutput()
            for place in unsafe tensors.indices {
                if let tensor = unsafe tensors[place] { unsafe functions.DeleteTensor(tensor) }
            }
        }
        unsafe functions.DeleteStatus(status)
        unsafe input.deallocate()
    }
}

/// Whoever holds the request alone uses it; the hand-over through locks orders every access.
extension TensorFlowRequest: @unchecked Sendable {}

// MARK: - Running

extension TensorFlowRequest {
    func start(count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        self.count = model.batch.places(for: count)
        self.whenDone = whenDone
        model.threads.add(self)
    }

    /// Called once for each run, on a thread that the library may hold.
    func carryOn() {
        do {
            letGoOfOutput()
            unsafe output = try model.runner.run(try tensor(of: count), status)
            try checkOutput()
            end(nil)
        } catch {
            end(error)
        }
    }

    private func end(_ failure: PenstockError?) {
        whenDone.take()?(failure)
    }

    private func tensor(of count: Int) throws(PenstockError) -> OpaquePointer {
        if let tensor = unsafe tensors[count] { return unsafe tensor }
        let tensor = unsafe try model.runner.tensor(over: input, places: count)
        unsafe tensors[count] = unsafe tensor
        return unsafe tensor
    }
}

// MARK: - Output

extension TensorFlowRequest {
    func output(at position: Int) -> UnsafeRawBufferPointer {
        guard let output = unsafe output else { preconditionFailure("output is read after a run that succeeded") }
        precondition(position < count, "only places that ran have an output")
        let size = model.outputBytes
        // The output holds `count` places of this size, which was checked after the run.
        let data = unsafe model.runner.library.functions.TensorData(output)!
        return unsafe UnsafeRawBufferPointer(start: data + position * size, count: size)
    }

    /// Makes sure that each place has its scores.
    private func checkOutput() throws(PenstockError) {
        // The output is ours until it is let go of.
        let bytes = unsafe output.map { unsafe model.runner.library.functions.TensorByteSize($0) } ?? 0
        guard bytes == count * model.outputBytes else {
            throw PenstockError(
                .inferenceFailed,
                at: .infer,
                "The model gave \(bytes) bytes for \(count) pictures, and \(model.outputBytes) for one: it does not keep "
                    + "pictures apart. Run it with --batch 1."
            )
        }
    }

    private func letGoOfOutput() {
        guard let last = unsafe output.take() else { return }
        // Owned since the run that made it.
        unsafe model.runner.library.functions.DeleteTensor(last)
    }
}
