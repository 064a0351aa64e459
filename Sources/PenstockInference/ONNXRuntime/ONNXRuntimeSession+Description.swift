internal import CONNXRuntime
internal import PenstockCore

extension ONNXRuntimeSession {
    /// The model's inputs and outputs, as the library reports them.
    func describe() throws(PenstockError) -> ModelDescription {
        let functions = library.functions
        // Sessions and the functions to ask them stay valid while self lives.
        return ModelDescription(
            inputs: try unsafe tensors(functions.input_count, functions.input_name, functions.input_type),
            outputs: try unsafe tensors(functions.output_count, functions.output_name, functions.output_type)
        )
    }

    private typealias Count = (OpaquePointer?, UnsafeMutablePointer<Int>?) -> OpaquePointer?
    private typealias Name = (
        OpaquePointer?, Int, OpaquePointer?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> OpaquePointer?
    private typealias Info = (OpaquePointer?, Int, UnsafeMutablePointer<OpaquePointer?>?) -> OpaquePointer?

    private func tensors(_ count: Count, _ name: Name, _ info: Info) throws(PenstockError) -> [TensorDescription] {
        var total = 0
        // The count is a local that the call sets.
        try unsafe check(count(pointer, &total))
        var tensors: [TensorDescription] = []
        for index in 0..<total {
            let (shape, type) = try unsafe form(index, info)
            tensors.append(TensorDescription(name: try unsafe text(index, name), shape: shape, elementType: type))
        }
        return tensors
    }

    private func text(_ index: Int, _ name: Name) throws(PenstockError) -> String {
        var allocator: OpaquePointer?
        var text: UnsafeMutablePointer<CChar>?
        // The allocator is the library's own; the text is copied, then given back to it.
        try unsafe check(library.functions.default_allocator(&allocator))
        try unsafe check(name(pointer, index, allocator, &text))
        guard let text = unsafe text else { return "" }
        defer { unsafe library.forget(library.functions.free(allocator, text)) }
        return unsafe String(cString: text)
    }

    /// The dimensions, `nil` where one is open, and the type of the values.
    private func form(_ index: Int, _ info: Info) throws(PenstockError) -> ([Int?], String) {
        let functions = library.functions
        var whole: OpaquePointer?
        var tensor: OpaquePointer?
        // What is made here is released on the way out; the tensor's part belongs to the whole.
        try unsafe check(info(pointer, index, &whole))
        defer { unsafe functions.release_type_info(whole) }
        try unsafe check(functions.as_tensor_info(whole, &tensor))
        guard let tensor = unsafe tensor else { return ([], "no tensor") }
        var type: Int32 = 0
        var rank = 0
        try unsafe check(functions.element_type(tensor, &type))
        try unsafe check(functions.rank(tensor, &rank))
        var dimensions = [Int64](repeating: 0, count: rank)
        try unsafe check(functions.dimensions(tensor, &dimensions, rank))
        return (dimensions.map { $0 < 0 ? nil : Int($0) }, ONNXRuntimeElementType(type).name)
    }

    private func check(_ status: OpaquePointer?) throws(PenstockError) {
        try unsafe library.check(status, .modelUnreadable, "The model's inputs and outputs could not be listed")
    }
}
