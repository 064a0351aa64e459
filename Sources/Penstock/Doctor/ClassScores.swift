internal import Glibc
internal import PenstockCore

/// What a model says of one picture: shares of its belief, for the classes that it believes in most.
struct ClassScores: Hashable, Sendable {
    /// The classes and their shares, the largest first. What the model could not answer has none.
    let shares: [Share]
    private let classCount: Int

    /// A class's share of the belief.
    struct Share: Hashable, Sendable {
        var index: Int
        var value: Double
    }

    /// The classes that are kept of each picture: their number decides the memory.
    static let limit = 64

    /// Makes shares of scores. Probabilities stay; scores that are none are made some.
    init(_ top: [Classification], classCount: Int) {
        self.classCount = classCount
        let scores = top.map { Double($0.score) }
        shares = zip(top, Self.shares(scores)).map { Share(index: $0.classIndex, value: $1) }
    }

    private static func shares(_ scores: [Double]) -> [Double] {
        guard let highest = scores.first, let lowest = scores.last else { return [] }
        // Raw values, which are declared to be read as they are, mean what their softmax says.
        let positive = lowest >= 0 && highest <= 1.001 ? scores : scores.map { exp($0 - highest) }
        // Several classes may be right at once, and still one picture has one belief to share out.
        let sum = positive.reduce(0, +)
        return sum > 1 ? positive.map { $0 / sum } : positive
    }
}

extension ClassScores {
    private init(_ shares: [Share], _ classCount: Int) {
        self.shares = shares
        self.classCount = classCount
    }

    /// The same answer from a model that has no doubts.
    var bestAlone: ClassScores {
        ClassScores(best.map { [Share(index: $0, value: 1)] } ?? [], classCount)
    }

    /// The class with the largest share.
    var best: Int? { shares.first?.index }

    /// The largest share.
    var confidence: Double { shares.first?.value ?? 0 }

    /// How evenly the belief is spread: 0 for one class, 1 for all alike.
    ///
    /// What is not kept counts as spread evenly over the classes that are not.
    var entropy: Double {
        guard !shares.isEmpty, classCount > 1 else { return 1 }
        let others = classCount - shares.count
        let rest = max(0, 1 - shares.reduce(0) { $0 + $1.value })
        let tail = others > 0 && rest > 0 ? -rest * log(rest / Double(others)) : 0
        let sum = shares.reduce(tail) { $1.value > 0 ? $0 - $1.value * log($1.value) : $0 }
        return min(1, sum / log(Double(classCount)))
    }
}
