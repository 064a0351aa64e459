internal import CTensorFlow
internal import PenstockCore

extension TensorFlowConfiguration {
    /// The configuration that serves what was asked for.
    ///
    /// - Throws: When there is no such device, or it does not compute in the precision that was asked for.
    init(_ options: CompileOptions, _ library: TensorFlowLibrary) throws(PenstockError) {
        self.init(threads: options.threads)
        usesProcessorOnly = try TensorFlowDevices.isProcessor(options.device, library, threads: options.threads)
        switch options.precision {
        case .auto, .f32: usesBrainFloats = false
        case .bf16 where Self.precisions(on: options.device).contains(.bf16): usesBrainFloats = true
        case .bf16, .f16:
            let names = Self.precisions(on: options.device).map(\.rawValue).joined(separator: " and ")
            throw refusal(
                "TensorFlow computes in \(names) on \(options.device) here, "
                    + "not in \(options.precision.rawValue); choose another --precision, or leave it out."
            )
        }
    }

    /// The arithmetic that a device really does. The library takes brain floats to be asked for anywhere, and goes on in
    /// 32 bits, or slowly, where the processor has no instructions for them.
    static func precisions(on device: String) -> [Precision] {
        let isProcessor = ["CPU", "CPU:0"].contains(device)
        return isProcessor && penstock_tensorflow_has_brain_floats() ? [.f32, .bf16] : [.f32]
    }

    /// What `CompiledModel.precision` says.
    var precision: Precision { usesBrainFloats ? .bf16 : .f32 }
}
