internal import COpenVINO
internal import PenstockCore

/// A model that OpenVINO has read.
@safe final class OpenVINOModel: ReadModel {
    let engine: OpenVINOEngine
    let file: ModelFile
    /// Replaced when a reshape that failed has spoilt it.
    private(set) var pointer: OpaquePointer
    let description: ModelDescription

    /// Takes over the library's model.
    init(engine: OpenVINOEngine, file: ModelFile, adopting pointer: OpaquePointer) {
        self.engine = engine
        self.file = file
        unsafe self.pointer = unsafe pointer
        description = unsafe Self.describe(pointer, engine: engine)
    }

    deinit {
        // Owned since init.
        EngineActivity.during(.openvino) { unsafe engine.library.functions.model_free(pointer) }
    }
}

// MARK: - Description

extension OpenVINOModel {
    private static func describe(_ model: OpaquePointer, engine: OpenVINOEngine) -> ModelDescription {
        let functions = engine.library.functions
        var inputs = 0
        var outputs = 0
        // Both counts are locals; the ports are freed where they are read.
        unsafe _ = functions.model_inputs_size(model, &inputs)
        unsafe _ = functions.model_outputs_size(model, &outputs)
        return ModelDescription(
            inputs: (0..<inputs).compactMap { index in
                unsafe port(engine) { unsafe functions.model_const_input_by_index(model, index, &$0) }
            },
            outputs: (0..<outputs).compactMap { index in
                unsafe port(engine) { unsafe functions.model_const_output_by_index(model, index, &$0) }
            }
        )
    }

    private static func port(
        _ engine: OpenVINOEngine,
        _ get: (inout OpaquePointer?) -> ov_status
    ) -> TensorDescription? {
        let functions = engine.library.functions
        var port: OpaquePointer?
        // The port is ours when the getter succeeds, and freed on the way out.
        guard unsafe get(&port) == 0, let port = unsafe port else { return nil }
        defer { unsafe functions.output_const_port_free(port) }
        var type: Int32 = -1
        unsafe _ = functions.port_get_element_type(port, &type)
        return TensorDescription(
            name: unsafe name(of: port, functions),
            shape: unsafe shape(of: port, functions),
            elementType: engine.elementTypes.name(of: type)
        )
    }

    private static func name(of port: OpaquePointer, _ functions: penstock_openvino_functions) -> String {
        var text: UnsafeMutablePointer<CChar>?
        // The string is copied, then given back to the library.
        guard unsafe functions.port_get_any_name(port, &text) == 0, let text = unsafe text else { return "" }
        defer { unsafe functions.free(text) }
        return unsafe String(cString: text)
    }

    /// The dimensions, `nil` where one is open; empty for a shape whose rank is open.
    private static func shape(of port: OpaquePointer, _ functions: penstock_openvino_functions) -> [Int?] {
        var shape = unsafe ov_partial_shape()
        // The dimensions are copied before the shape is freed; their number is the rank.
        guard unsafe functions.port_get_partial_shape(port, &shape) == 0 else { return [] }
        defer { unsafe functions.partial_shape_free(&shape) }
        guard unsafe shape.rank.min == shape.rank.max, unsafe shape.rank.max > 0 else { return [] }
        return unsafe (0..<Int(shape.rank.max)).map { index in
            let dimension = unsafe shape.dims[index]
            return dimension.min == dimension.max ? Int(dimension.max) : nil
        }
    }
}

// MARK: - Shape

extension OpenVINOModel {
    /// Gives the input the dimensions that the contract and the batch ask for.
    ///
    /// Returns how the model takes batches then, and a refusal when it is not what was asked for.
    func settleShape(_ options: CompileOptions) throws(PenstockError) -> (BatchSupport, BatchRefusal?) {
        let own = description.inputs[0].shape
        let size = sizeDimensions(options.preprocessing)
        let fixed = own.first ?? nil
        let wanted = options.batch ?? fixed ?? 1
        try BatchMemory(placeBytes: options.preprocessing.byteCount, places: wanted).check()
        if fixed == wanted, own.dropFirst().elementsEqual(size.map(Optional.some)) { return (.exactly(wanted), nil) }
        if wanted == 1 || fixed == wanted {
            try reshape([ov_dimension(wanted, wanted)] + size.map { ov_dimension($0, $0) })
            return (.exactly(wanted), nil)
        }
        return try settleBatch(wanted, fixed: fixed, options)
    }

    private func settleBatch(
        _ wanted: Int,
        fixed: Int?,
        _ options: CompileOptions
    ) throws(PenstockError) -> (BatchSupport, BatchRefusal?) {
        let size = sizeDimensions(options.preprocessing).map { ov_dimension($0, $0) }
        var reason: String?
        do throws(PenstockError) {
            try reshape([ov_dimension(1, wanted)] + size)
            // Some models take the reshape and still answer for a fixed number.
            if outputIsOpen(options.outputIndex) { return (.upTo(wanted), nil) }
        } catch {
            guard fixed != nil else { throw error }
            reason = error.message
        }
        let own = fixed ?? 1
        try readAgain()
        try reshape([ov_dimension(own, own)] + size)
        return (.exactly(own), BatchRefusal(wanted: wanted, own: own, reason: reason))
    }

    /// Takes a fresh copy of the model in place of one that a reshape has spoilt.
    private func readAgain() throws(PenstockError) {
        let fresh = try unsafe engine.readPointer(file)
        // The old one is ours, and nothing else refers to it.
        unsafe engine.library.functions.model_free(pointer)
        unsafe pointer = unsafe fresh
    }

    private func outputIsOpen(_ index: Int) -> Bool {
        let outputs = unsafe Self.describe(pointer, engine: engine).outputs
        return outputs.indices.contains(index) && (outputs[index].shape.first ?? nil) == nil
    }

    /// The input's dimensions after the batch.
    func sizeDimensions(_ preprocessing: Preprocessing) -> [Int] {
        let size = preprocessing.size
        return preprocessing.layout == .nhwc ? [size.height, size.width, 3] : [3, size.height, size.width]
    }

    private func reshape(_ dimensions: [ov_dimension]) throws(PenstockError) {
        let functions = engine.library.functions
        var shape = unsafe ov_partial_shape()
        // The library copies the dimensions into its own shape, which is freed on the way out.
        let made = unsafe functions.partial_shape_create(Int64(dimensions.count), dimensions, &shape)
        try engine.library.check(made, .compilationFailed, at: .configure, "\(file.named) could not be reshaped")
        defer { unsafe functions.partial_shape_free(&shape) }
        let status = unsafe functions.model_reshape_single_input(pointer, shape)
        try engine.library.check(
            status,
            .compilationFailed,
            at: .configure,
            "\(file.named) does not take an input of \(dimensions.map { Int($0.max) })"
        )
    }
}

extension ov_dimension {
    fileprivate init(_ least: Int, _ most: Int) {
        self.init(min: Int64(least), max: Int64(most))
    }
}
