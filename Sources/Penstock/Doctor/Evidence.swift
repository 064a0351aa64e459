internal import PenstockCore
internal import PenstockInference

/// What a model says of the same pictures under each of several candidates.
struct Evidence {
    /// What it says under one.
    struct Testimony {
        let candidate: Diagnosis.Candidate
        let scores: [ClassScores]
        /// How well each picture is recognised when it is seen again, closer and from further off.
        let recognition: [Double]
        /// The mean of the same for the best class alone, however sure of it the model is.
        let classRecognition: Double
        /// Whether each picture is named right; `nil` where nobody knows.
        let isRight: [Bool?]
        /// The part of the other looks at which a picture keeps its class.
        let steadiness: Double
    }

    let testimonies: [Testimony]
    let pictureCount: Int
    /// The pictures whose classes are known.
    let labelled: Labelled?
    let failures: ReadFailures

    /// Pictures that say themselves what they show.
    struct Labelled: Hashable, Sendable {
        let count: Int
        let classCount: Int
        /// The part of them that the commonest class has: what naming everything alike gets right.
        let largestShare: Double

        /// Whether they are enough to judge by: of fewer, or of fewer kinds, even the best answer may be chance.
        var isEnough: Bool {
            count >= Judgement.fewestPictures && classCount >= 2 && isBeyondChance(rightCount: count)
        }

        /// Whether so many are more than saying the commonest class of everything would get right, with so many
        /// candidates to try.
        func isBeyondChance(rightCount: Int) -> Bool {
            PairedTest.chance(ofHits: rightCount, in: count, each: largestShare) < 0.001
        }
    }
}

extension Evidence {
    init(
        _ candidates: [Diagnosis.Candidate],
        _ views: [Preprocessing],
        _ pages: [Album.Page],
        _ contract: Contract,
        failures: ReadFailures
    ) {
        let names = TrueClasses(contract.labels)
        let truths = pages.map { names.classes(of: $0.source) }
        // Every look of every candidate is among the views.
        let places = Dictionary(uniqueKeysWithValues: views.enumerated().map { ($1, $0) })
        testimonies = candidates.map { candidate in
            let looks = ([candidate.preprocessing] + candidate.preprocessing.otherLooks).map { look in
                pages.map { $0.scores[places[look]!] }
            }
            return Testimony(candidate, looks[0], others: Array(looks.dropFirst()), truths)
        }
        pictureCount = pages.count
        labelled = Labelled(truths)
        self.failures = failures
    }
}

extension Evidence {
    /// - Throws: When not one picture could be looked at.
    func requirePictures(missing: ReadFailures) throws(PenstockError) {
        guard pictureCount == 0 else { return }
        guard let failure = missing.first ?? failures.first else {
            throw PenstockError(.notFound, at: .list, "There are no pictures to look at among the inputs.")
        }
        throw PenstockError(
            failure.code,
            at: failure.stage,
            "None of the inputs could be looked at. The first: \(failure.message)"
        )
    }
}

extension Evidence.Testimony {
    init(_ candidate: Diagnosis.Candidate, _ scores: [ClassScores], others: [[ClassScores]], _ truths: [Set<Int>?]) {
        self.candidate = candidate
        self.scores = scores
        let recognitions = others.map { Recognition.values(scores, $0) }
        recognition = scores.indices.map { picture in recognitions.map { $0[picture] }.mean }
        let classes = scores.map(\.bestAlone)
        classRecognition = others.map { Recognition.values(classes, $0.map(\.bestAlone)).mean }.mean
        isRight = zip(scores, truths).map { scores, truth in
            truth.map { $0.contains(scores.best ?? -1) }
        }
        steadiness =
            others.map { other in
                zip(scores, other).map { $0.best != nil && $0.best == $1.best ? 1 : 0 }.mean
            }.mean
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
