/// One class that a model sees in a picture, and how sure it is.
public struct Classification: Hashable, Sendable {
    /// The place of the class in the model's output.
    public var classIndex: Int
    /// The class's name, when labels are known.
    public var label: String?
    /// The score, after the contract's activation.
    public var score: Float

    /// Makes a classification.
    public init(classIndex: Int, label: String?, score: Float) {
        self.classIndex = classIndex
        self.label = label
        self.score = score
    }
}
