public import PenstockCore

/// Everything that was decided about feeding a model and reading its answers, and where each decision came from.
public struct Contract: Hashable, Sendable {
    /// How a picture becomes the model's input.
    public var preprocessing: Preprocessing
    /// The names of the classes, when anything gives them; as many as there are classes.
    public var labels: Labels?
    /// What turns the raw output into scores.
    public var activation: Activation
    /// Which of the model's outputs holds the classes.
    public var outputIndex: Int
    /// The number of classes.
    public var classCount: Int
    /// How the output holds its scores.
    public var scoreFormat: ScoreFormat
    /// Where every field came from, in the order in which to show them.
    public var origins: [Origin]

    /// One field of the contract, as `penstock inspect` shows it.
    public struct Origin: Hashable, Sendable {
        /// The field's name.
        public var field: String
        /// Its value, for a person.
        public var value: String
        /// What declared it: a flag, a file and key, or the model itself.
        public var source: String

        /// Makes an origin.
        public init(field: String, value: String, source: String) {
            self.field = field
            self.value = value
            self.source = source
        }
    }
}

extension Contract.Origin {
    /// The source of a value that stands where nothing declares one.
    static let byDefault = "default, nothing declares it"

    /// Whether anything declares the value.
    package var isDeclared: Bool { source != Self.byDefault }
}

extension Contract {
    /// The quantisation of an integer output.
    public var outputQuantization: Quantization? { scoreFormat.quantization }

    /// A reader of this model's output.
    package func scoreReader(topCount: Int, minScore: Float? = nil) -> ScoreReader {
        ScoreReader(
            classCount: classCount,
            format: scoreFormat,
            activation: activation,
            topCount: topCount,
            minScore: minScore,
            labels: labels
        )
    }
}
