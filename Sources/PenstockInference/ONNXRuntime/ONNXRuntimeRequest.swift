internal import CONNXRuntime
internal import PenstockCore

/// An inference request with its own input and output memory, which the model reads and writes in place.
@safe final class ONNXRuntimeRequest: InferenceRequest, WaitingRequest {
    let input: UnsafeMutableRawBufferPointer

    private let model: ONNXRuntimeCompiledModel
    private let output: UnsafeMutableRawBufferPointer
    /// The memory seen as tensors of 1, 2, … places; made when first needed.
    private var bindings: [ONNXRuntimeBinding?]
    private var count = 0
    private var whenDone: (@Sendable (PenstockError?) -> Void)?

    /// Makes a request of the model.
    init(_ model: ONNXRuntimeCompiledModel) throws(PenstockError) {
        self.model = model
        let capacity = model.batch.capacity
        // Both are ours until deinit.
        unsafe input = try BatchMemory(placeBytes: model.tensors.input.placeBytes, places: capacity).allocate()
        do {
            unsafe output = try BatchMemory(placeBytes: model.tensors.output.placeBytes, places: capacity).allocate()
        } catch {
            // There is no deinit for an object that was never whole.
            unsafe input.deallocate()
            throw error
        }
        bindings = Array(repeating: nil, count: capacity + 1)
    }

    deinit {
        // The bindings go first, and no run is under way: `start` keeps self alive until it has ended.
        bindings = []
        unsafe input.deallocate()
        unsafe output.deallocate()
    }
}

/// Whoever holds the request alone uses it; the hand-over through locks orders every access.
extension ONNXRuntimeRequest: @unchecked Sendable {}

extension ONNXRuntimeRequest {
    func start(count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        self.count = count
        self.whenDone = whenDone
        model.threads.add(self)
    }

    /// Runs what was started, on a thread that may be blocked.
    func carryOn() {
        let call = whenDone.take()
        do {
            try run(count: count)
            call?(nil)
        } catch {
            call?(error)
        }
    }

    /// Runs the first `count` places, and returns when their scores are there.
    func run(count: Int) throws(PenstockError) {
        let places = model.batch.places(for: count)
        let binding = try binding(of: places)
        let library = model.session.library
        // The session and the binding's memory are kept by self.
        let status = unsafe library.functions.run_binding(model.session.pointer, nil, binding.pointer)
        try unsafe library.check(status, .inferenceFailed, at: .infer, "The inference failed")
    }

    func output(at position: Int) -> UnsafeRawBufferPointer {
        let size = model.tensors.output.placeBytes
        // The memory holds a row of scores for each place.
        return unsafe UnsafeRawBufferPointer(rebasing: output[(position * size)..<((position + 1) * size)])
    }

    private func binding(of places: Int) throws(PenstockError) -> ONNXRuntimeBinding {
        if let binding = bindings[places] { return binding }
        // Self keeps the memory for as long as its bindings, which hold `places` of `capacity` places.
        let binding = try unsafe ONNXRuntimeBinding(model.session, model.tensors, input, output, places: places)
        bindings[places] = binding
        return binding
    }
}
