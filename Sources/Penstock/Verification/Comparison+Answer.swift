extension Comparison {
    /// What a reference run says of one item.
    public enum Answer: Hashable, Sendable {
        /// The classes that it names, in any order; none where it left all of them out.
        case classified([Comparison.Score])
        /// The item failed there, with this message.
        case failed(String)
    }
}

extension Comparison {
    /// A class as a reference names it: by its number, its name, or both, with or without a score.
    public struct Score: Hashable, Sendable {
        /// The class's place in the model's output.
        public var classIndex: Int?
        /// The class's name.
        public var label: String?
        /// Its score.
        public var score: Double?

        /// Makes a class of a reference.
        public init(classIndex: Int? = nil, label: String? = nil, score: Double? = nil) {
            self.classIndex = classIndex
            self.label = label
            self.score = score
        }
    }
}

extension [Comparison.Score] {
    /// The place of the class that the reference puts first: that of the highest score, of equals the first named.
    var best: Int? {
        guard var best = indices.first else { return nil }
        for place in indices.dropFirst() {
            if let score = self[place].score, score > self[best].score ?? -.infinity { best = place }
        }
        return best
    }
}
