internal import Glibc

extension ScoreReader {
    /// The best classes among raw values.
    func classes(in values: Span<Float>) throws(PenstockError) -> [Classification] {
        let score = try scoring(values)
        return TopClasses(of: values, count: topCount).ranked.compactMap { place in
            let score = score.apply(place.value)
            if let minScore, score < minScore { return nil }
            return Classification(classIndex: place.index, label: labels?[place.index], score: score)
        }
    }

    /// The score of every class, from raw values.
    func scores(of values: Span<Float>) throws(PenstockError) -> [Float] {
        let score = try scoring(values)
        return values.indices.map { score.apply(values[$0]) }
    }

    /// The best classes, from the score of every class.
    package func classes(ofScores scores: [Float]) -> [Classification] {
        TopClasses(of: scores.span, count: topCount).ranked.compactMap { place in
            if let minScore, place.value < minScore { return nil }
            return Classification(classIndex: place.index, label: labels?[place.index], score: place.value)
        }
    }

    /// How this item's values become scores.
    private func scoring(_ values: Span<Float>) throws(PenstockError) -> Scoring {
        let range = ScoreRange(values)
        // The sum of values with a NaN in them is NaN, so one test at the end serves for all.
        guard !range.sum.isNaN, range.highest.isFinite else {
            throw PenstockError(
                .corrupt,
                at: .infer,
                "The model returned NaN or infinity: the picture, its preprocessing or the precision is more than it can "
                    + "take. Where --summary shows another precision than f32, try --precision f32."
            )
        }
        switch activation {
        case .none: return .asIs
        case .sigmoid: return .sigmoid
        case .softmax: return .softmax(values, highest: range.highest)
        case .auto: return isProbabilities(range) ? .asIs : .softmax(values, highest: range.highest)
        }
    }

    /// Whether the values already are probabilities: none negative, none above one, summing to one.
    ///
    /// Rounding to a quantised step can put each value off by half a step, and the sum by as much for every class.
    private func isProbabilities(_ range: ScoreRange) -> Bool {
        let tolerance = 1e-3
        let step = format.quantization.map(\.scale) ?? 0
        return range.lowest >= 0 && Double(range.highest) <= 1 + tolerance
            && abs(range.sum - 1) <= tolerance + 0.5 * step * Double(classCount)
    }
}

/// The extremes and the sum of an output.
private struct ScoreRange {
    var lowest = Float.infinity
    var highest = -Float.infinity
    var sum = 0.0

    init(_ values: Span<Float>) {
        for index in values.indices {
            let value = values[index]
            lowest = value < lowest ? value : lowest
            highest = value > highest ? value : highest
            sum += Double(value)
        }
    }
}

/// From a raw value to a score.
private enum Scoring {
    case asIs
    case sigmoid
    case softmax(highest: Float, sum: Float)

    /// Subtracting the highest value first keeps every exponential within 0…1.
    static func softmax(_ values: Span<Float>, highest: Float) -> Scoring {
        var sum: Float = 0
        for index in values.indices { sum += exp(values[index] - highest) }
        return .softmax(highest: highest, sum: sum)
    }

    func apply(_ value: Float) -> Float {
        switch self {
        case .asIs: value
        case .sigmoid: 1 / (1 + exp(-value))
        case .softmax(let highest, let sum): exp(value - highest) / sum
        }
    }
}
