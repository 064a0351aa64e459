/// How TensorFlow writes lengths.
enum TensorFlowShape {
    /// The length of a dimension, `nil` where it is open. What no memory could hold is found out where it matters, in the
    /// tensors that are chosen.
    static func length(_ length: Int64) -> Int? { length >= 0 ? Int(length) : nil }
}
