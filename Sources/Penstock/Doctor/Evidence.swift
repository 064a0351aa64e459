internal import PenstockCore
internal import PenstockInference

/// What a model says of the same pictures under each of several candidates.
struct Evidence {
    /// What it says under one.
    struct Testimony {
        let candidate: Candidate
        let scores: [ClassScores]
        /// How well each picture is recognised when it is seen again a little differently.
        let recognition: [Double]
        /// Whether each picture is named right; `nil` where nobody knows.
        let isRight: [Bool?]
        /// Whether each picture keeps its class when it is seen again.
        let isSteady: [Bool]
    }

    let testimonies: [Testimony]
    let pictureCount: Int
    /// The pictures whose classes are known.
    let labelled: Labelled?
    let failures: Failures

    /// Pictures that say themselves what they show.
    struct Labelled: Hashable, Sendable {
        let count: Int
        let classCount: Int
        /// The part of them that the commonest class has: what naming everything alike gets right.
        let largestShare: Double

        /// Whether they are enough to judge by.
        var isEnough: Bool { count >= 8 && classCount >= 2 }
    }
}

extension Evidence {
    init(
        _ candidates: [Candidate],
        _ views: [Preprocessing],
        _ pages: [Album.Page],
        _ contract: Contract,
        failures: Failures
    ) {
        let names = TrueClasses(contract.labels)
        let truths = pages.map { names.classes(of: $0.source) }
        let places = Dictionary(uniqueKeysWithValues: views.enumerated().map { ($1, $0) })
        testimonies = candidates.map { candidate in
            let first = places[candidate.preprocessing] ?? 0
            let second = places[candidate.preprocessing.secondLook] ?? 0
            return Testimony(candidate, pages.map { $0.scores[first] }, again: pages.map { $0.scores[second] }, truths)
        }
        pictureCount = pages.count
        labelled = Labelled(truths)
        self.failures = failures
    }
}

extension Evidence.Testimony {
    init(_ candidate: Candidate, _ scores: [ClassScores], again: [ClassScores], _ truths: [Set<Int>?]) {
        self.candidate = candidate
        self.scores = scores
        recognition = Recognition.values(scores, again)
        isRight = zip(scores, truths).map { scores, truth in
            truth.map { $0.contains(scores.best ?? -1) }
        }
        isSteady = zip(scores, again).map { $0.best != nil && $0.best == $1.best }
    }

    /// The pictures that are named right.
    var rightCount: Int { isRight.count { $0 == true } }

    /// The mean of the recognition.
    var meanRecognition: Double { recognition.mean }
}

extension Evidence.Labelled {
    fileprivate init?(_ truths: [Set<Int>?]) {
        let known = truths.compactMap(\.self)
        if known.isEmpty { return nil }
        let counts = known.reduce(into: [Set<Int>: Int]()) { $0[$1, default: 0] += 1 }
        count = known.count
        classCount = counts.count
        largestShare = Double(counts.values.max() ?? 0) / Double(known.count)
    }
}

extension [Double] {
    /// The mean; 0 of none.
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}
