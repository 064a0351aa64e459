public import PenstockCore
public import PenstockInference

/// Compares the results of a run with those of a reference, an item at a time, in memory that does not grow.
///
/// ```swift
/// var comparison = Comparison(contract: session.contract, tolerance: 0.0001)
/// var options = ClassificationJob.Options()
/// options.topCount = session.contract.classCount                 // so that every class of the reference has a score
/// for try await item in session.classify(.folder("photos"), options: options) {
///     try comparison.add(item, .classified([NamedScore(label: expected[item.source], score: nil)]))
/// }
/// print(comparison.agreement, comparison.scores.largest)
/// ```
public struct Comparison: Sendable {
    /// How far apart two scores may be.
    public let tolerance: Double
    /// Items that both runs classified, by how their best classes stand to each other.
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
    public private(set) var scores = ScoreDifferences()
    /// The items that differ most, the worst first: those of other best classes, then those of the largest gaps.
    public private(set) var worst: [ItemDifference] = []
    /// Classes that the reference calls by another name than this model's labels do.
    public private(set) var renamed = 0
    /// The first of them.
    public private(set) var firstRenamed: (classIndex: Int, here: String, there: String)?

    private let names: ClassNames
    private let shown: Int
    private var values: [Float]

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
    ///   - tolerance: How far apart two scores may be and still count as equal.
    ///   - shown: How many of the items that differ most are kept.
    public init(contract: Contract, tolerance: Double, shown: Int = 10) {
        self.init(ClassNames(count: contract.classCount, labels: contract.labels), tolerance: tolerance, shown: shown)
    }

    /// Begins a comparison of a model whose classes have been gathered.
    package init(_ names: ClassNames, tolerance: Double, shown: Int) {
        self.names = names
        self.tolerance = tolerance
        self.shown = shown
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
        _ reference: ReferenceAnswer
    ) throws(PenstockError) -> ItemDifference? {
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
            return try add(item, classes, best, named, expected)
        }
        return nil
    }

    private mutating func add(
        _ item: ClassifiedPicture,
        _ classes: [Classification],
        _ best: Classification,
        _ named: [NamedScore],
        _ expected: NamedScore
    ) throws(PenstockError) -> ItemDifference {
        for index in values.indices { values[index] = .nan }
        for item in classes where values.indices.contains(item.classIndex) { values[item.classIndex] = item.score }
        let difference = ItemDifference(
            source: item.source,
            moment: item.moment,
            here: NamedScore(classIndex: best.classIndex, label: best.label, score: Double(best.score)),
            there: try completed(expected),
            agreement: try agreement(best, expected, named),
            largest: try compareScores(named)
        )
        count(difference)
        return difference
    }

    private mutating func count(_ difference: ItemDifference) {
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
    /// How far apart two scores may be unless somebody says otherwise: 0.0001, or one step of a quantised output
    /// where that is more.
    ///
    /// Engines that do the same arithmetic in another order differ by a tenth of it at most, and scores that a program
    /// rounded to four decimals by half of it; another precision, filter or normalisation moves some score by ten times
    /// as much. A quantised score is rounded to its step, so that the least difference before it shows as a whole one.
    public static func usualTolerance(for contract: Contract) -> Double {
        // A little more than the step, whose multiples are rounded to single precision.
        max(0.0001, (contract.outputQuantization?.scale ?? 0) * 1.001)
    }
}

// MARK: - One item

extension Comparison {
    private func agreement(
        _ best: Classification,
        _ expected: NamedScore,
        _ named: [NamedScore]
    ) throws(PenstockError) -> ItemDifference.Agreement {
        let meant = try names.classes(meant: expected)
        if meant.contains(best.classIndex) { return .same }
        let isTiedHere = meant.contains { Double(best.score - values[$0]) <= tolerance }
        if isTiedHere { return .tied }
        guard let top = expected.score else { return .different }
        for item in named where try names.classes(meant: item).contains(best.classIndex) {
            if let score = item.score, top - score <= tolerance { return .tied }
        }
        return .different
    }

    /// Measures every score that the reference gives, and returns the pair that is furthest apart.
    private mutating func compareScores(_ named: [NamedScore]) throws(PenstockError) -> ItemDifference.Gap? {
        var largest: ItemDifference.Gap?
        for item in named {
            noteName(of: item)
            guard let there = item.score, let index = try highest(of: item) else { continue }
            let gap = ItemDifference.Gap(
                classIndex: index,
                label: names.label(index),
                here: Double(values[index]),
                // As text a score is the shortest that reads back as the same single-precision number.
                there: Double(Float(there))
            )
            scores.add(gap.size)
            if gap.size > largest?.size ?? -1 { largest = gap }
        }
        return largest
    }

    /// The class that is meant and has a score here; of several with one name, that of the highest.
    private func highest(of named: NamedScore) throws(PenstockError) -> Int? {
        try names.classes(meant: named).filter { !values[$0].isNaN }.max { values[$0] < values[$1] }
    }

    private func completed(_ named: NamedScore) throws(PenstockError) -> NamedScore {
        guard let index = try names.classes(meant: named).first else { return named }
        return NamedScore(
            classIndex: named.classIndex ?? index,
            label: named.label ?? names.label(index),
            score: named.score
        )
    }

    private mutating func noteName(of named: NamedScore) {
        guard names.contradicts(named), let index = named.classIndex else { return }
        renamed += 1
        if firstRenamed == nil { firstRenamed = (index, names.label(index) ?? "", named.label ?? "") }
    }
}
