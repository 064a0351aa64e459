public import PenstockCore

extension ClassifiedPicture {
    /// What one of several models says of an item.
    public struct Answer: Hashable, Sendable {
        /// The model's name in its panel.
        public var model: String
        /// The best classes, in falling score, or why there are none.
        public var outcome: Result<[Classification], PenstockError>

        /// Makes an answer.
        public init(model: String, outcome: Result<[Classification], PenstockError>) {
            self.model = model
            self.outcome = outcome
        }
    }
}

extension ClassifiedPicture.Answer {
    /// The best classes, none when the model failed.
    public var top: [Classification] { (try? outcome.get()) ?? [] }
}
