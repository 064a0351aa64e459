extension Precision {
    /// What `auto` means for a model; other choices are what they are.
    ///
    /// A quantised model gains nothing by shorter floating point, since what takes its time is done in integers; but its
    /// scores move by several steps (`Documentation/Precision.md`). For any other model the engine chooses.
    package func settled(for model: ModelDescription, _ format: ModelFile.Format) -> Precision {
        self == .auto && model.isQuantized(format) ? .f32 : self
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
