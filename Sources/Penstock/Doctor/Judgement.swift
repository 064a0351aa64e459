internal import PenstockInference

/// What evidence says of normalisations and colour orders.
struct Judgement {
    /// Every candidate beside the best, best first.
    let ranking: [(testimony: Evidence.Testimony, standing: Diagnosis.Standing)]
    /// The candidate to use: what is declared where nothing is clearly better, else the likeliest of the best.
    let chosen: Diagnosis.Candidate?
    /// Why there is none.
    let doubt: Diagnosis.Doubt?

    /// The fewest pictures to judge by: of fewer, no difference is clear where one of many candidates was picked.
    static let fewestPictures = 11
    /// The recognition that models without sense do not reach.
    static let leastRecognition = 0.4

    init(of evidence: Evidence, contract: Contract) {
        let usesLabels = evidence.labelled?.isEnough ?? false
        let sorted = evidence.testimonies.sortedByEvidence(usesLabels: usesLabels)
        ranking = sorted.standings(usesLabels: usesLabels, usesRecognition: true)
        doubt = Diagnosis.Doubt(of: ranking, evidence, classCount: contract.classCount)
        let close = Set(ranking.filter { !$0.standing.isWorse }.map(\.testimony.candidate))
        let likeliest = evidence.testimonies.map(\.candidate).first { close.contains($0) }
        chosen = doubt == nil ? likeliest : nil
    }
}

extension [Evidence.Testimony] {
    /// Best first; of equals, the one that is likelier before anything is known.
    func sortedByEvidence(usesLabels: Bool) -> Self {
        enumerated().sorted { left, right in
            if usesLabels, left.element.rightCount != right.element.rightCount {
                return left.element.rightCount > right.element.rightCount
            }
            let (one, other) = (left.element.meanRecognition, right.element.meanRecognition)
            return one == other ? left.offset < right.offset : one > other
        }.map(\.element)
    }

    /// Each beside the first, which is the best of all.
    func standings(
        usesLabels: Bool,
        usesRecognition: Bool
    ) -> [(testimony: Evidence.Testimony, standing: Diagnosis.Standing)] {
        map {
            let standing = $0.compared(
                to: self[0],
                of: count,
                usesLabels: usesLabels,
                usesRecognition: usesRecognition
            )
            return ($0, standing)
        }
    }
}

extension Diagnosis.Doubt {
    fileprivate init?(
        of ranking: [(testimony: Evidence.Testimony, standing: Diagnosis.Standing)],
        _ evidence: Evidence,
        classCount: Int
    ) {
        guard classCount > 1, let best = ranking.first?.testimony else {
            self = .oneClass
            return
        }
        guard evidence.pictureCount >= Judgement.fewestPictures else {
            self = .tooFewPictures(evidence.pictureCount)
            return
        }
        if let labelled = evidence.labelled, labelled.isEnough {
            guard labelled.isBeyondChance(rightCount: best.rightCount) else {
                self = .labelsDoNotFit(right: best.rightCount, of: labelled.count)
                return
            }
        } else if best.meanRecognition < Judgement.leastRecognition {
            self = .recognizesNothing(best: best.meanRecognition)
            return
        } else if ranking.contains(where: { $0.testimony.isPaler(than: best) }) {
            self = .onlySurer
            return
        }
        guard !ranking.contains(where: \.standing.isWorse) else { return nil }
        self = .noDifference
    }
}

extension Evidence.Testimony {
    /// Whether this says the same as another, and is only less sure of it.
    ///
    /// A model without sense is the surer the larger its inputs are; one that was trained says something else when
    /// they are so wrong that it is no longer sure.
    fileprivate func isPaler(than best: Self) -> Bool {
        meanRecognition <= 0.1 * best.meanRecognition && agreement(with: best) >= 0.8
    }
}
