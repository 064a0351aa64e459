internal import COpenVINO

extension Precision {
    /// What `auto` means for a model; other choices are what they are.
    ///
    /// A quantised model gains nothing by shorter floating point, since what takes its time is done in integers; but its
    /// scores move by several steps. Nor does any model on a processor that has bf16 and is no faster in it
    /// (`Documentation/Precision.md`). In all other cases the engine chooses.
    package func settled(
        for model: ModelDescription,
        _ format: ModelFile.Format,
        on device: String = "CPU"
    ) -> Precision {
        guard self == .auto else { return self }
        let isSlower = device == "CPU" && penstock_processor_is_slower_in_bf16()
        return isSlower || model.isQuantized(format) ? .f32 : .auto
    }
}

extension ModelDescription {
    /// Whether the model computes in integers, going by what goes in and comes out.
    ///
    /// Bytes that come out were quantised. Bytes that go in may be pixels that a floating-point model normalises by itself,
    /// except with TensorFlow Lite, whose models take them only where they are quantised.
    func isQuantized(_ format: ModelFile.Format) -> Bool {
        outputs.contains(where: \.holdsBytes) || (format == .tflite && inputs.contains(where: \.holdsBytes))
    }
}

extension TensorDescription {
    fileprivate var holdsBytes: Bool { ["uint8", "int8"].contains(elementType) }
}
