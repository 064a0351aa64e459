extension Diagnosis {
    /// What a model says of pictures that are prepared in one way.
    public struct Finding: Hashable, Sendable {
        /// The way.
        public let candidate: Diagnosis.Candidate
        /// The mean score of the best class, from 0 to 1.
        public let confidence: Double
        /// The mean entropy of the scores: 0 where all is one class's, 1 where all are alike.
        public let entropy: Double
        /// How often a picture keeps its class when it is seen closer, or from further off; at most 1.
        public let steadiness: Double
        /// How many classes were named.
        public let distinctClasses: Int
        /// How well pictures are recognised when they are seen again, against each other: at most 1, and near 0 for guesses.
        public let recognition: Double
        /// How many pictures are named right, of those whose class is known.
        public let rightCount: Int
        /// How it does beside the best.
        public let standing: Diagnosis.Standing
    }
}

extension Diagnosis.Finding {
    init(_ testimony: Evidence.Testimony, _ standing: Diagnosis.Standing) {
        candidate = testimony.candidate
        confidence = testimony.scores.map(\.confidence).mean
        entropy = testimony.scores.map(\.entropy).mean
        steadiness = testimony.steadiness
        distinctClasses = Set(testimony.scores.compactMap(\.best)).count
        recognition = testimony.meanRecognition
        rightCount = testimony.rightCount
        self.standing = standing
    }
}
