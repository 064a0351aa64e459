internal import Penstock
internal import PenstockInference

/// Says what came of an examination, and how sure that is.
struct DoctorWords {
    let diagnosis: Diagnosis

    init(_ diagnosis: Diagnosis) {
        self.diagnosis = diagnosis
    }

    var verdict: String {
        switch diagnosis.verdict {
        case .agrees(let candidate):
            "Nothing speaks against what is declared (\(candidate)): \(results(candidate)). \(alternatives)"
        case .disagrees(let candidate):
            "The evidence speaks against what is declared. \(contrast(candidate)) \(alternatives)"
        case .standsOut(let candidate):
            "Nothing declares how pixels are normalised. The evidence speaks for \(candidate): \(results(candidate)). "
                + alternatives
        case .unclear(let doubt):
            "No candidate stands out. \(doubt.explanation)"
        }
    }

    private func results(_ candidate: Diagnosis.Candidate) -> String {
        guard let finding = diagnosis.finding(of: candidate) else { return "" }
        let count = diagnosis.pictures.count
        let known = diagnosis.pictures.labelled
        if diagnosis.pictures.areJudgedByLabels { return "\(finding.rightCount) of \(known) pictures are named right" }
        return
            "of the \(count) pictures \(percent(finding.steadiness)) keep their class when they are seen closer or from "
            + "further off, the model is \(percent(finding.confidence)) sure of it, and it names "
            + "\(finding.distinctClasses) classes"
    }

    private func contrast(_ candidate: Diagnosis.Candidate) -> String {
        let declared = diagnosis.declared.map { " Under what is declared (\($0.candidate)), \(results($0.candidate))." }
        return "Under \(candidate), \(results(candidate)).\(declared ?? "")\(likelihood)"
    }

    /// How easily chance would have done the same.
    private var likelihood: String {
        let other = diagnosis.fits.first(where: \.candidate.isDeclared) ?? diagnosis.declared
        switch other?.standing {
        case .fewerRight(let chance), .recognizesWorse(let chance):
            return " Chance alone would favour it as much in \(percent(chance)) of cases."
        case .best, .noClearDifference, nil: return ""
        }
    }

    private func percent(_ chance: Double) -> String {
        chance < 0.001 ? "less than 0.1 %" : "\(DecimalText.fixed(chance * 100, chance < 0.1 ? 1 : 0)) %"
    }

    /// What the pictures cannot tell from it.
    private var alternatives: String {
        let names = diagnosis.alternatives.map { "\($0.normalizationName) \($0.preprocessing.colorOrder.rawValue)" }
        guard !names.isEmpty else { return "Every other normalisation and colour order is clearly worse." }
        let advice =
            diagnosis.declared == nil || diagnosis.callsForChange ? "; the likeliest before any evidence is chosen" : ""
        return "There is no clear difference to \(names.joined(separator: ", ")) on these pictures\(advice)."
    }
}

extension Diagnosis.Doubt {
    /// The doubt in words, and what would help.
    var explanation: String {
        switch self {
        case .tooFewPictures(let count):
            "With \(count) picture\(count == 1 ? "" : "s") nothing can be told from chance: show it eleven at least, of several "
                + "kinds, and better several dozen."
        case .oneClass:
            "The model puts out one value, so there is no class to be sure of and none to compare: judge it by pictures whose "
                + "answer you know."
        case .recognizesNothing(let best):
            "Whatever is done to the pictures, the model does not recognise them: at best \(DecimalText.fixed(best, 2)) of 1, where "
                + "a model that knows what it sees comes to \(DecimalText.fixed(Doctor.leastRecognition, 1)) and more. Its weights may be random, the "
                + "pictures may show nothing that it knows or all be of one kind, or it wants something that was not tried."
        case .onlySurer:
            "Under some candidates the model is surer of itself, but it says the same: larger numbers in give larger numbers out. "
                + "That tells nothing about which are right. Show it pictures in folders named after its classes."
        case .labelsDoNotFit(let right, let count):
            "At best \(right) of \(count) pictures are named right, no more than by chance: the weights may be random, the "
                + "names of the folders may mean something else, or the labels may be in another order."
        case .noDifference:
            "All candidates do as well on these pictures: the model does not mind, or the pictures are too easy. What is "
                + "declared is as good as any."
        }
    }
}
