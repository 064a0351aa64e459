internal import PenstockCore

extension TensorFlowConfiguration {
    /// The configuration that serves what was asked for.
    ///
    /// - Throws: When there is no such device, or it does not compute in the precision that was asked for.
    init(_ options: CompileOptions, _ library: TensorFlowLibrary) throws(PenstockError) {
        self.init(threads: options.threads)
        usesProcessorOnly = try TensorFlowDevices.isProcessor(options.device, library)
        switch options.precision {
        case .auto, .f32: usesBrainFloats = false
        case .bf16 where usesProcessorOnly: usesBrainFloats = true
        case .bf16, .f16:
            throw refusal(
                "TensorFlow computes in \(usesProcessorOnly ? "f32 and bf16" : "f32") on \(options.device), "
                    + "not in \(options.precision.rawValue); choose another --precision, or leave it out."
            )
        }
    }

    /// What `CompiledModel.precision` says.
    var precision: Precision { usesBrainFloats ? .bf16 : .f32 }
}
