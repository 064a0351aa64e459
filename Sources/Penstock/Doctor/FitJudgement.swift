/// What evidence says of fits and filters under one normalisation.
///
/// Only labels count here: how sure a model is depends on how much of a picture its subject fills, which a crop changes
/// without being right or wrong.
struct FitJudgement {
    /// Every candidate beside the best, best first.
    let ranking: [(testimony: Evidence.Testimony, standing: Diagnosis.Standing)]
    /// The candidate to use.
    let chosen: Diagnosis.Candidate

    init(of evidence: Evidence, chosen: Diagnosis.Candidate) {
        let usesLabels = evidence.labelled?.isEnough ?? false
        let sorted = evidence.testimonies.sortedByEvidence(usesLabels: usesLabels)
        ranking = sorted.standings(usesLabels: usesLabels, usesRecognition: false)
        let isWorse = ranking.first { $0.testimony.candidate == chosen }?.standing.isWorse ?? false
        self.chosen = isWorse ? sorted[0].candidate : chosen
    }
}
