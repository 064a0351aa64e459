/// What turns a model's raw output into scores.
public enum Activation: String, Hashable, Sendable, CaseIterable {
    /// `softmax` unless the values already are probabilities: none negative, none above one, summing to one.
    case auto
    /// Exponentials that sum to one: one class is right.
    case softmax
    /// Each class by itself: several may be right.
    case sigmoid
    /// The output as it is.
    case none
}
