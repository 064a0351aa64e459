/// What a reference run says of one item.
public enum ReferenceAnswer: Hashable, Sendable {
    /// The classes that it names, in any order; none where it left all of them out.
    case classified([NamedScore])
    /// The item failed there, with this message.
    case failed(String)
}

/// A class as a reference names it: by its number, its name, or both, with or without a score.
public struct NamedScore: Hashable, Sendable {
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

extension [NamedScore] {
    /// The class that the reference puts first: that of the highest score, of equals the first named.
    var best: NamedScore? {
        guard var best = first else { return nil }
        for item in dropFirst() {
            if let score = item.score, score > best.score ?? -.infinity { best = item }
        }
        return best
    }
}
