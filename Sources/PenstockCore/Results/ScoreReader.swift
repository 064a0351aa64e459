/// Turns one item's raw output into its best classes.
package struct ScoreReader: Sendable {
    /// The number of classes in the output.
    package let classCount: Int
    /// How the output holds its scores.
    package let format: ScoreFormat
    /// What turns raw values into scores.
    package let activation: Activation
    /// How many classes to return at most.
    package let topCount: Int
    /// Classes below this score are left out; `nil` leaves none out.
    package let minScore: Float?
    /// The classes' names, when they are known.
    package let labels: Labels?

    /// Makes a reader.
    ///
    /// - Precondition: `classCount` and `topCount` are above 0.
    package init(
        classCount: Int,
        format: ScoreFormat,
        activation: Activation,
        topCount: Int,
        minScore: Float? = nil,
        labels: Labels? = nil
    ) {
        precondition(classCount > 0 && topCount > 0, "a classifier has classes, and at least one is wanted")
        self.classCount = classCount
        self.format = format
        self.activation = activation
        self.topCount = min(topCount, classCount)
        self.minScore = minScore
        self.labels = labels
    }

    /// The best classes of one item in falling score; of equals, the lower class comes first.
    ///
    /// Classes are ranked by the raw value, so that two whose scores round to the same number keep their true order.
    ///
    /// - Parameter bytes: One item's output, aligned for its type.
    /// - Throws: When a value is not a number or is infinite, or the output has the wrong size.
    package func classes(in bytes: UnsafeRawBufferPointer) throws(PenstockError) -> [Classification] {
        try unsafe withValues(of: bytes) { (values) throws(PenstockError) in try classes(in: values) }
    }

    /// The score of every class of one item, in the order of the classes.
    ///
    /// - Throws: As `classes(in:)`.
    package func scores(in bytes: UnsafeRawBufferPointer) throws(PenstockError) -> [Float] {
        try unsafe withValues(of: bytes) { (values) throws(PenstockError) in try scores(of: values) }
    }

    /// Calls `body` with an output's values as floating-point numbers.
    private func withValues<Result>(
        of bytes: UnsafeRawBufferPointer,
        _ body: (Span<Float>) throws(PenstockError) -> Result
    ) throws(PenstockError) -> Result {
        guard bytes.count == classCount * format.byteCount else { throw wrongSize(bytes.count) }
        switch format {
        case .float32:
            // The count was checked; tensors and their items are aligned for their type.
            return try unsafe body(Span(_unsafeBytes: bytes))
        case .uint8(let quantization):
            return try body(unsafe dequantized(Span<UInt8>(_unsafeBytes: bytes), quantization).span)
        case .int8(let quantization):
            return try body(unsafe dequantized(Span<Int8>(_unsafeBytes: bytes), quantization).span)
        }
    }

    private func dequantized<Value: FixedWidthInteger>(
        _ values: Span<Value>,
        _ quantization: Quantization
    ) -> [Float] {
        let scale = Float(quantization.scale)
        var scores: [Float] = []
        scores.reserveCapacity(values.count)
        for index in values.indices { scores.append(Float(Int(values[index]) - quantization.zeroPoint) * scale) }
        return scores
    }

    private func wrongSize(_ count: Int) -> PenstockError {
        let expected = classCount * format.byteCount
        let message = "The model put out \(count) bytes for an item where \(expected) were expected."
        return PenstockError(.corrupt, at: .infer, message)
    }
}
