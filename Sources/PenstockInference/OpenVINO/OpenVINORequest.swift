internal import COpenVINO
internal import PenstockCore
internal import Synchronization

/// An inference request with its own input memory, which is the request's tensor itself: filling a slot is all the
/// copying there is.
@safe final class OpenVINORequest: InferenceRequest, WaitingRequest {
    let input: UnsafeMutableRawBufferPointer

    private let model: OpenVINOCompiledModel
    private let pointer: OpaquePointer
    private let callback: UnsafeMutablePointer<ov_callback>
    /// The input seen as a tensor of 1, 2, … places; made when first needed.
    private var tensors: [OpaquePointer?]
    private var count = 0
    private var output: UnsafeRawBufferPointer?
    private var whenDone: (@Sendable (PenstockError?) -> Void)?

    /// Makes a request of the model.
    init(_ model: OpenVINOCompiledModel) throws(PenstockError) {
        let memory = BatchMemory(placeBytes: model.slotBytes, places: model.batch.capacity)
        let functions = model.engine.library.functions
        var pointer: OpaquePointer?
        // Owned until deinit, like everything made here.
        let status = unsafe functions.compiled_model_create_infer_request(model.pointer, &pointer)
        try model.engine.library.check(status, .inferenceFailed, at: .infer, "An inference request could not be made")
        unsafe self.pointer = unsafe pointer!
        self.model = model
        do {
            unsafe input = try memory.allocate()
        } catch {
            // There is no deinit for an object that was never whole.
            unsafe functions.infer_request_free(pointer)
            throw error
        }
        unsafe tensors = unsafe Array(repeating: nil, count: model.batch.capacity + 1)
        // The library keeps the callback's address, so it must not move while the request lives.
        unsafe callback = .allocate(capacity: 1)
        unsafe callback.initialize(to: ov_callback(function: nil, context: nil))
        unsafe callback.pointee.function = { unsafe requestHasFinished($0) }
        unsafe callback.pointee.context = unsafe Unmanaged.passUnretained(self).toOpaque()
        let set = unsafe functions.infer_request_set_callback(self.pointer, callback)
        try model.engine.library.check(set, .inferenceFailed, at: .infer, "An inference request could not be watched")
    }

    deinit {
        let functions = model.engine.library.functions
        // No run is under way: `start` keeps self alive until it has ended.
        EngineActivity.during(.openvino) {
            unsafe functions.infer_request_free(pointer)
            for place in unsafe tensors.indices {
                if let tensor = unsafe tensors[place] { unsafe functions.tensor_free(tensor) }
            }
        }
        unsafe callback.deallocate()
        unsafe input.deallocate()
    }
}

/// Whoever holds the request alone uses it; the hand-over through locks orders every access.
extension OpenVINORequest: @unchecked Sendable {}

// MARK: - Running

extension OpenVINORequest {
    func start(count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        self.whenDone = whenDone
        EngineActivity.hold()
        // Kept alive by the callback's context until `finish`.
        unsafe _ = Unmanaged.passRetained(self)
        do {
            try begin(count: model.batch.places(for: count))
        } catch {
            end(error)
        }
    }

    private func begin(count: Int) throws(PenstockError) {
        let library = model.engine.library
        if count != self.count {
            let tensor = unsafe try tensor(of: count)
            // The tensor lives as long as the request.
            let status = unsafe library.functions.infer_request_set_input_tensor_by_index(pointer, 0, tensor)
            try library.check(status, .inferenceFailed, at: .infer, "The model refused a batch of \(count)")
            self.count = count
        }
        let status = unsafe library.functions.infer_request_start_async(pointer)
        try library.check(status, .inferenceFailed, at: .infer, "An inference could not be started")
    }

    private func tensor(of count: Int) throws(PenstockError) -> OpaquePointer {
        if let tensor = unsafe tensors[count] { return unsafe tensor }
        let library = model.engine.library
        guard let type = model.engine.elementTypes.number(of: model.elementType) else {
            throw PenstockError(.inferenceFailed, at: .infer, "OpenVINO has no \(model.elementType.rawValue) tensors.")
        }
        var shape = unsafe ov_shape()
        let dimensions = ([count] + model.shape.dropFirst()).map { Int64($0) }
        let made = unsafe library.functions.shape_create(Int64(dimensions.count), dimensions, &shape)
        try library.check(made, .inferenceFailed, at: .infer, "An input shape could not be made")
        defer { unsafe _ = library.functions.shape_free(&shape) }
        var tensor: OpaquePointer?
        // The memory holds `capacity` slots, and `count` is at most that.
        let status = unsafe library.functions.tensor_create_from_host_ptr(type, shape, input.baseAddress, &tensor)
        try library.check(status, .inferenceFailed, at: .infer, "An input tensor could not be made")
        unsafe tensors[count] = unsafe tensor
        return unsafe tensor!
    }

    /// Called once for each run, when it has ended.
    func carryOn() {
        do {
            let library = model.engine.library
            // The run has ended; this only asks how.
            let status = unsafe library.functions.infer_request_wait(pointer)
            try library.check(status, .inferenceFailed, at: .infer, "The inference failed")
            unsafe output = try currentOutput()
            end(nil)
        } catch {
            end(error)
        }
    }

    private func end(_ failure: PenstockError?) {
        let call = whenDone.take()
        // Balances the retain in `start`; whoever called this still holds a reference.
        unsafe Unmanaged.passUnretained(self).release()
        EngineActivity.letGo()
        call?(failure)
    }

    fileprivate func runHasEnded() {
        model.completions.add(self)
    }
}

/// The library's callback. It runs on the thread that does the inference, so it only passes the request on.
private func requestHasFinished(_ context: UnsafeMutableRawPointer?) {
    // `start` retained the request for the length of the run.
    unsafe Unmanaged<OpenVINORequest>.fromOpaque(context!).takeUnretainedValue().runHasEnded()
}

// MARK: - Output

extension OpenVINORequest {
    func output(at position: Int) -> UnsafeRawBufferPointer {
        guard let output = unsafe output else { preconditionFailure("output is read after a run that succeeded") }
        // The output holds `count` places of equal size.
        let size = output.count / count
        return unsafe UnsafeRawBufferPointer(rebasing: output[(position * size)..<((position + 1) * size)])
    }

    /// The memory of the output tensor, which the request owns and keeps until its next run.
    private func currentOutput() throws(PenstockError) -> UnsafeRawBufferPointer {
        let library = model.engine.library
        var tensor: OpaquePointer?
        var bytes = 0
        var data: UnsafeMutableRawPointer?
        // The wrapper is freed here; the memory behind it belongs to the request.
        let status = unsafe library.functions.infer_request_get_output_tensor_by_index(
            pointer,
            model.outputIndex,
            &tensor
        )
        try library.check(status, .inferenceFailed, at: .infer, "The model's output could not be read")
        defer { unsafe library.functions.tensor_free(tensor) }
        let sized = unsafe library.functions.tensor_get_byte_size(tensor, &bytes)
        try library.check(sized, .inferenceFailed, at: .infer, "The size of the model's output could not be read")
        let found = unsafe library.functions.tensor_data(tensor, &data)
        try library.check(found, .inferenceFailed, at: .infer, "The model's output could not be reached")
        return unsafe UnsafeRawBufferPointer(start: data, count: bytes)
    }
}
