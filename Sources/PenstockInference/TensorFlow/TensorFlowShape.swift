internal import PenstockCore

/// How TensorFlow writes lengths.
enum TensorFlowShape {
    /// The length of a dimension, `nil` where it is open.
    ///
    /// - Throws: When it is so large that no memory could hold the tensor.
    static func length(_ length: Int64) throws(PenstockError) -> Int? {
        guard length >= 0 else { return nil }
        guard length <= 1 << 24 else { throw ProtobufMessage.damaged }
        return Int(length)
    }
}
