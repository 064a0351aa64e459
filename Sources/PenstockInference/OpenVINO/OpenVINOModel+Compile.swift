internal import COpenVINO
internal import PenstockCore

extension OpenVINOModel {
    func compile(_ options: CompileOptions) throws(PenstockError) -> any CompiledModel {
        let (batch, note) = try settleShape(options)
        let compiled = unsafe try compiledPointer(options)
        return unsafe OpenVINOCompiledModel(
            engine: engine,
            adopting: compiled,
            batch: batch,
            slotBytes: options.preprocessing.byteCount,
            shape: [batch.capacity] + sizeDimensions(options.preprocessing),
            elementType: options.preprocessing.elementType,
            outputIndex: options.outputIndex,
            notes: note.map { [$0] } ?? []
        )
    }

    private func compiledPointer(_ options: CompileOptions) throws(PenstockError) -> OpaquePointer {
        let properties = properties(options)
        let functions = engine.library.functions
        var compiled: OpaquePointer?
        // The strings live to the end of `withCStrings`; the library copies them.
        let status = unsafe withCStrings(properties.map(\.key)) { keys in
            unsafe withCStrings(properties.map(\.value)) { values in
                unsafe options.device.withCString { device in
                    unsafe withUnsafePointer(to: functions) { table in
                        unsafe penstock_openvino_compile(
                            table,
                            engine.core,
                            pointer,
                            device,
                            keys,
                            values,
                            properties.count,
                            &compiled
                        )
                    }
                }
            }
        }
        try engine.library.check(status, .compilationFailed, at: .configure, failure(options))
        return unsafe compiled!
    }

    private func failure(_ options: CompileOptions) -> String {
        let devices = engine.deviceNames()
        let known = devices.contains { options.device.hasPrefix($0) || options.device.contains(":") }
        return known || devices.isEmpty
            ? "\(file.named) could not be compiled for \(options.device)"
            : "There is no device \(options.device) here (there is \(devices.joined(separator: ", ")))"
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

/// Calls `body` with an array of C strings, valid only inside it.
private func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    let ends = strings.reduce(into: [0]) { $0.append($0.last! + $1.utf8.count + 1) }
    let bytes: [CChar] = strings.flatMap { string -> [CChar] in string.utf8.map { CChar(bitPattern: $0) } + [0] }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
        // Each string ends in its own NUL, at an offset inside the buffer.
        let pointers = unsafe ends.dropLast().map { unsafe Optional(buffer.baseAddress! + $0) }
        return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
    }
}
