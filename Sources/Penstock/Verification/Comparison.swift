public import PenstockCore
public import PenstockInference

/// Compares the results of a run with those of a reference, an item at a time, in memory that does not grow.
///
/// ```swift
/// var comparison = Comparison(contract: session.contract, tolerance: 0.0001)
/// var options = ClassificationJob.Options()
/// options.topCount = session.contract.classCount                 // so that every class of the reference has a score
/// for try await item in session.classify(.folder("photos"), options: options) {
///     try comparison.add(item, .classified([Comparison.Score(label: expected[item.source], score: nil)]))
/// }
/// print(comparison.agreement, comparison.scores.largest)
/// ```
public struct Comparison: Sendable {
    /// How far apart two scores may be. It grows with the scores where nobody has said what it is.
    public private(set) var tolerance: Double
    /// Items that have the same best class in both runs.
    public private(set) var same = 0
    /// Items whose best classes are two with the same score within the tolerance.
    public private(set) var tied = 0
    /// Items whose best classes are different.
    public private(set) var different = 0
    /// Items of which the reference names no class, as with `--min-score`.
    public private(set) var unnamed = 0
    /// Items that failed, and where.
    public private(set) var failures = Failures()
    /// How far apart the scores are.
    public internal(set) var scores = Comparison.Differences()
    /// The items that differ most, the worst first: those of other best classes, then those of the largest gaps.
    public private(set) var worst: [Comparison.Item] = []
    /// Classes that the reference calls by another name than this model's labels do.
    public internal(set) var renamed = 0
    /// The first of them.
    public internal(set) var firstRenamed: (classIndex: Int, here: String, there: String)?

    let names: ClassNames
    private let shown: Int
    private let toleranceGrows: Bool
    private(set) var values: [Float]

    /// Items that failed in one run or in both.
    public struct Failures: Hashable, Sendable {
        /// In this run alone.
        public var here = 0
        /// In the reference alone.
        public var there = 0
        /// In both, which is agreement too.
        public var both = 0

        /// Makes counts.
        public init(here: Int = 0, there: Int = 0, both: Int = 0) {
            self.here = here
            self.there = there
            self.both = both
        }
    }

    /// Begins a comparison.
    ///
    /// - Parameters:
    ///   - contract: The contract of the model whose results are added.
    ///   - tolerance: How far apart two scores may be and still count as equal; `nil` takes the usual one, which grows to
    ///     0.0001 of the largest score where there are scores beyond 1, as raw outputs have.
    ///   - shown: How many of the items that differ most are kept.
    public init(contract: Contract, tolerance: Double? = nil, shown: Int = 10) {
        self.init(
            ClassNames(count: contract.classCount, labels: contract.labels),
            tolerance: tolerance ?? Self.usualTolerance(for: contract),
            grows: tolerance == nil,
            shown: shown
        )
    }

    /// Begins a comparison of a model whose classes have been gathered.
    package init(_ names: ClassNames, tolerance: Double, grows: Bool = false, shown: Int) {
        self.names = names
        self.tolerance = tolerance
        self.shown = shown
        toleranceGrows = grows
        values = Array(repeating: .nan, count: names.count)
    }
}

extension Comparison {
    /// Items that both runs classified and named.
    public var compared: Int { same + tied + different }

    /// The part of those whose best classes agree or are tied; 1 where there are none.
    public var agreement: Double { compared > 0 ? Double(same + tied) / Double(compared) : 1 }

    /// Compares an item with what the reference says of it, and returns how they differ; `nil` where either has no classes.
    ///
    /// - Parameter item: A result that holds every class.
    /// - Throws: When the reference names a class that the model does not have.
    @discardableResult
    public mutating func add(
        _ item: ClassifiedPicture,
        _ reference: Comparison.Answer
    ) throws(PenstockError) -> Comparison.Item? {
        switch (item.outcome, reference) {
        case (.event, _): return nil
        case (.failed, .failed): failures.both += 1
        case (.failed, .classified): failures.here += 1
        case (.classified, .failed): failures.there += 1
        case (.classified(let classes), .classified(let named)):
            guard let best = classes.first, let expected = named.best else {
                unnamed += 1
                return nil
            }
            return add(item, classes, best, try resolved(named), expected)
        }
        return nil
    }

    private mutating func add(
        _ item: ClassifiedPicture,
        _ classes: [Classification],
        _ best: Classification,
        _ named: [Meant],
        _ expected: Int
    ) -> Comparison.Item {
        if toleranceGrows, let largest = classes.lazy.map(\.score.magnitude).max(), largest.isFinite {
            tolerance = max(tolerance, Self.part * Double(largest))
        }
        for index in values.indices { values[index] = .nan }
        for item in classes where values.indices.contains(item.classIndex) { values[item.classIndex] = item.score }
        let difference = Comparison.Item(
            source: item.source,
            moment: item.moment,
            here: Comparison.Score(classIndex: best.classIndex, label: best.label, score: Double(best.score)),
            there: completed(named[expected]),
            agreement: agreement(best, named[expected], named),
            largest: compareScores(named)
        )
        count(difference)
        return difference
    }

    private mutating func count(_ difference: Comparison.Item) {
        switch difference.agreement {
        case .same: same += 1
        case .tied: tied += 1
        case .different: different += 1
        }
        let isNotable = difference.agreement != .same || difference.largest?.size ?? 0 > 0
        guard shown > 0, isNotable, worst.count < shown || difference.isWorse(than: worst[shown - 1]) else { return }
        if worst.count == shown { worst.removeLast() }
        let place = worst.firstIndex { difference.isWorse(than: $0) } ?? worst.endIndex
        worst.insert(difference, at: place)
    }
}

extension Comparison {
    /// What the order of the arithmetic does not reach, as a part of the largest score.
    private static let part = 0.0001

    /// How far apart two scores may be unless somebody says otherwise: 0.0001, or one step of a quantised output
    /// where that is more.
    ///
    /// Engines that do the same arithmetic in another order differ by a tenth of it at most, and scores that a program
    /// rounded to four decimals by half of it; another precision, filter or normalisation moves some score by ten times
    /// as much. A quantised score is rounded to its step, so that the least difference before it shows as a whole one.
    ///
    /// That is for probabilities. Of scores beyond 1 it is a part of the largest that there is.
    public static func usualTolerance(for contract: Contract) -> Double {
        // A little more than the step, whose multiples are rounded to single precision.
        max(part, (contract.outputQuantization?.scale ?? 0) * 1.001)
    }
}
