extension Diagnosis {
    /// How a candidate does beside the best one, over the same pictures.
    public enum Standing: Hashable, Sendable {
        /// It is the best one.
        case best
        /// There is no clear difference.
        case noClearDifference
        /// Fewer pictures are named right; chance alone would do as much to one of the candidates with this likelihood.
        case fewerRight(chance: Double)
        /// Pictures are recognised worse; chance alone would do as much to one of the candidates with this likelihood.
        case recognizesWorse(chance: Double)
    }
}

extension Diagnosis.Standing {
    /// Whether the candidate is clearly worse.
    public var isWorse: Bool {
        switch self {
        case .best, .noClearDifference: false
        case .fewerRight, .recognizesWorse: true
        }
    }
}

extension Evidence.Testimony {
    /// The difference in recognition below which none is called clear, however regular it is.
    private static let margin = 0.1

    /// Compares this with the best.
    ///
    /// - Parameters:
    ///   - candidateCount: How many the best was picked from.
    ///   - usesLabels: Whether labels count.
    ///   - usesRecognition: Whether recognition counts, where labels do not tell the two apart.
    func compared(
        to best: Self,
        of candidateCount: Int,
        usesLabels: Bool,
        usesRecognition: Bool
    ) -> Diagnosis.Standing {
        if best.candidate == candidate { return .best }
        if usesLabels {
            let differences = zip(best.isRight, isRight).map { Double($0 == true ? 1 : 0) - ($1 == true ? 1 : 0) }
            let chance = PairedTest.chance(ofSum: differences, pickedFrom: candidateCount)
            if chance < PairedTest.threshold { return .fewerRight(chance: chance) }
        }
        // One that says the same and is only less sure of it is no worse: larger numbers in, larger numbers out.
        guard usesRecognition, best.meanRecognition - meanRecognition >= Self.margin,
            best.classRecognition - classRecognition >= Self.margin
        else { return .noClearDifference }
        let differences = zip(best.recognition, recognition).map { $0 - $1 }
        let chance = PairedTest.chance(ofSum: differences, pickedFrom: candidateCount)
        return chance < PairedTest.threshold ? .recognizesWorse(chance: chance) : .noClearDifference
    }

    /// The part of the pictures that this and another give the same class.
    func agreement(with other: Self) -> Double {
        zip(scores, other.scores).map { $0.best != nil && $0.best == $1.best ? 1 : 0 }.mean
    }
}
