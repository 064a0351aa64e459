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

    /// Why the model has no answer, or `nil` when it has one.
    public var failure: PenstockError? {
        if case .failure(let error) = outcome { error } else { nil }
    }
}

extension ClassifiedPicture.Outcome {
    /// How an item ended that several models looked at: the first model's classes, or the first failure there is.
    init(_ answers: [ClassifiedPicture.Answer]) {
        for answer in answers {
            guard var error = answer.failure else { continue }
            error.message = "\(answer.model): \(error.message)"
            self = .failed(error)
            return
        }
        self = .classified(answers.first?.top ?? [])
    }
}

extension ClassifiedPicture {
    /// Says the outcome again under the name of the only model, where it has one.
    mutating func answerAlone(_ name: String) {
        answers =
            name.isEmpty ? [] : [Answer(model: name, outcome: Result { () throws(PenstockError) in try classes() })]
    }

    private func classes() throws(PenstockError) -> [Classification] {
        if let failure { throw failure }
        return top
    }
}
