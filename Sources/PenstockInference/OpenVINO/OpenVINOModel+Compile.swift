internal import COpenVINO
internal import PenstockCore

extension OpenVINOModel {
    func compile(_ options: CompileOptions) throws(PenstockError) -> any CompiledModel {
        try EngineActivity.during(.openvino, .compiling) { () throws(PenstockError) in try compiled(options) }
    }

    private func compiled(_ options: CompileOptions) throws(PenstockError) -> OpenVINOCompiledModel {
        try checkDevice(options.device)
        let (batch, refusal) = try settleShape(options)
        let compiled = unsafe try compiledPointer(options)
        return unsafe OpenVINOCompiledModel(
            engine: engine,
            adopting: compiled,
            batch: batch,
            slotBytes: options.preprocessing.byteCount,
            shape: [batch.capacity] + sizeDimensions(options.preprocessing),
            elementType: options.preprocessing.elementType,
            outputIndex: options.outputIndex,
            refusal: refusal
        )
    }

    private func compiledPointer(_ options: CompileOptions) throws(PenstockError) -> OpaquePointer {
        let properties = properties(options)
        let functions = engine.library.functions
        var compiled: OpaquePointer?
        // The strings live to the end of `withCStrings`; the library copies them.
        let status = unsafe withCStrings(properties.map(\.key)) { keys, count in
            unsafe withCStrings(properties.map(\.value)) { values, _ in
                unsafe options.device.withCString { device in
                    unsafe withUnsafePointer(to: functions) { table in
                        unsafe penstock_openvino_compile(
                            table,
                            engine.core,
                            pointer,
                            device,
                            keys,
                            values,
                            count,
                            &compiled
                        )
                    }
                }
            }
        }
        try engine.library.check(
            status,
            .compilationFailed,
            at: .configure,
            "\(file.named) could not be compiled for \(options.device)"
        )
        return unsafe compiled!
    }

    /// Makes sure of the device where it is a plain one; what combines several is left to the library.
    private func checkDevice(_ device: String) throws(PenstockError) {
        let names = (try? engine.deviceNames()) ?? []
        let combining = ["AUTO", "MULTI", "HETERO", "BATCH"]
        guard !names.isEmpty, !(names + combining).contains(where: device.hasPrefix) else { return }
        throw EngineKind.openvino.hasNoDevice(device, names)
    }

    private func properties(_ options: CompileOptions) -> [(key: String, value: String)] {
        var properties = [("PERFORMANCE_HINT", "THROUGHPUT")]
        if options.device == "CPU" { properties.append(("INFERENCE_NUM_THREADS", String(options.threads))) }
        let precision = options.precision.settled(for: description, file.format)
        if precision != .auto { properties.append(("INFERENCE_PRECISION_HINT", precision.rawValue)) }
        if let cache = options.cacheDirectory { properties.append(("CACHE_DIR", cache.description)) }
        return properties.map { (key: $0.0, value: $0.1) }
    }
}
