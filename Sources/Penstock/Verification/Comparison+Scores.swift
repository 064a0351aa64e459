internal import PenstockCore

// MARK: - One item

extension Comparison {
    /// A class that the reference names, and the model's classes that it means.
    struct Meant {
        let named: Comparison.Score
        let classes: [Int]
    }

    /// The reference's classes, each looked up once.
    ///
    /// - Throws: When the model has no such class.
    func resolved(_ named: [Comparison.Score]) throws(PenstockError) -> [Meant] {
        var resolved: [Meant] = []
        for item in named { resolved.append(Meant(named: item, classes: try names.classes(meant: item))) }
        return resolved
    }

    func agreement(_ best: Classification, _ expected: Meant, _ named: [Meant]) -> Comparison.Item.Agreement {
        if expected.classes.contains(best.classIndex) { return .same }
        let isTiedHere = expected.classes.contains { Double(best.score - values[$0]) <= tolerance }
        if isTiedHere { return .tied }
        guard let top = expected.named.score else { return .different }
        let isTiedThere = named.contains { item in
            guard item.classes.contains(best.classIndex), let score = item.named.score else { return false }
            return top - score <= tolerance
        }
        return isTiedThere ? .tied : .different
    }

    /// Measures every score that the reference gives, and returns the pair that is furthest apart.
    mutating func compareScores(_ named: [Meant]) -> Comparison.Item.Gap? {
        var largest: Comparison.Item.Gap?
        for item in named {
            noteName(of: item.named)
            guard let there = item.named.score, let index = highest(of: item) else { continue }
            let gap = Comparison.Item.Gap(
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
    private func highest(of meant: Meant) -> Int? {
        meant.classes.filter { !values[$0].isNaN }.max { values[$0] < values[$1] }
    }

    /// The class as the reference names it, with what it leaves out.
    func completed(_ meant: Meant) -> Comparison.Score {
        guard let index = meant.classes.first else { return meant.named }
        return Comparison.Score(
            classIndex: meant.named.classIndex ?? index,
            label: meant.named.label ?? names.label(index),
            score: meant.named.score
        )
    }

    private mutating func noteName(of named: Comparison.Score) {
        guard names.contradicts(named), let index = named.classIndex else { return }
        renamed += 1
        if firstRenamed == nil { firstRenamed = (index, names.label(index) ?? "", named.label ?? "") }
    }
}
