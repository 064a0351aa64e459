internal import CONNXRuntime
internal import PenstockCore

/// A request's memory, bound to the model's input and output as tensors of a number of places.
@safe final class ONNXRuntimeBinding {
    let pointer: OpaquePointer

    private let session: ONNXRuntimeSession
    private var values: [OpaquePointer] = unsafe []

    /// Binds memory, which must outlive the binding.
    @unsafe init(
        _ session: ONNXRuntimeSession,
        _ tensors: ONNXRuntimeTensors,
        _ input: UnsafeMutableRawBufferPointer,
        _ output: UnsafeMutableRawBufferPointer,
        places: Int
    ) throws(PenstockError) {
        self.session = session
        let functions = session.library.functions
        var binding: OpaquePointer?
        // Owned until deinit, like the tensors. Names are copied by the calls.
        let made = unsafe functions.create_binding(session.pointer, &binding)
        try unsafe session.library.check(made, .inferenceFailed, at: .infer, "A request could not be made")
        unsafe pointer = unsafe binding!
        let pictures = try unsafe tensor(tensors.input, input, places)
        try unsafe check(functions.bind_input(pointer, tensors.input.name, pictures))
        let scores = try unsafe tensor(tensors.output, output, places)
        try unsafe check(functions.bind_output(pointer, tensors.output.name, scores))
    }

    deinit {
        let functions = session.library.functions
        EngineActivity.during(.onnxruntime) {
            unsafe functions.release_binding(pointer)
            for index in unsafe values.indices { unsafe functions.release_value(values[index]) }
        }
    }

    private func tensor(
        _ side: ONNXRuntimeTensors.Side,
        _ memory: UnsafeMutableRawBufferPointer,
        _ places: Int
    ) throws(PenstockError) -> OpaquePointer {
        let library = session.library
        let shape = side.shape(of: places)
        var value: OpaquePointer?
        // The memory holds at least that many places, and stays where it is while the binding lives.
        let status = unsafe library.functions.create_tensor(
            library.ownMemory,
            memory.baseAddress,
            places * side.placeBytes,
            shape,
            shape.count,
            side.type.number,
            &value
        )
        try unsafe check(status)
        unsafe values.append(value!)
        return unsafe value!
    }

    private func check(_ status: OpaquePointer?) throws(PenstockError) {
        try unsafe session.library.check(status, .inferenceFailed, at: .infer, "A request's memory could not be bound")
    }
}
