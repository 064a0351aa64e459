internal import Penstock
internal import PenstockCore
internal import PenstockInference

extension DoctorReport {
    /// The diagnosis for a program: every candidate, whatever `--top` says.
    var json: String {
        OrderedJSON.object([
            JSONMember("model", .text(doctor.session.model.named.description)),
            JSONMember("engine", .text(doctor.session.engine)),
            JSONMember("verdict", .text(diagnosis.verdict.name)),
            JSONMember("explanation", .text(DoctorWords(diagnosis).verdict)),
            JSONMember("recommended", diagnosis.recommended.map(Self.value) ?? .null),
            JSONMember("flags", diagnosis.recommended?.flags.map { .text($0) } ?? .null),
            JSONMember("alternatives", .array(diagnosis.alternatives.map(Self.value))),
            JSONMember("pictures", Self.value(diagnosis.pictures)),
            JSONMember("declared", .array(diagnosis.origins.map(Self.value))),
            JSONMember("candidates", .array(diagnosis.findings.map(value))),
            JSONMember("fits", .array(diagnosis.fits.map(value))),
        ]).line
    }

    private func value(_ finding: Diagnosis.Finding) -> OrderedJSON {
        let isKnown = diagnosis.pictures.labelled > 0
        return .object([
            JSONMember("candidate", Self.value(finding.candidate)),
            JSONMember("declared", .flag(finding.candidate.isDeclared)),
            JSONMember("right", isKnown ? .integer(finding.rightCount) : .null),
            JSONMember("recognition", .number(finding.recognition)),
            JSONMember("confidence", .number(finding.confidence)),
            JSONMember("entropy", .number(finding.entropy)),
            JSONMember("steadiness", .number(finding.steadiness)),
            JSONMember("classes", .integer(finding.distinctClasses)),
            JSONMember("worse", .flag(finding.standing.isWorse)),
            JSONMember("chance", finding.standing.chance.map { .number($0) } ?? .null),
        ])
    }

    private static func value(_ candidate: Diagnosis.Candidate) -> OrderedJSON {
        let preprocessing = candidate.preprocessing
        return .object([
            JSONMember("name", .text(candidate.description)),
            JSONMember("normalization", .text(candidate.normalizationName)),
            JSONMember("color", .text(preprocessing.colorOrder.rawValue)),
            JSONMember("fit", .text("\(candidate.fitName)")),
            JSONMember("filter", .text(preprocessing.filter.rawValue)),
            JSONMember("scale", .number(preprocessing.normalization.scale)),
            JSONMember("mean", .array(preprocessing.normalization.mean.map { .number($0) })),
            JSONMember("deviation", .array(preprocessing.normalization.deviation.map { .number($0) })),
        ])
    }

    private static func value(_ pictures: Diagnosis.Pictures) -> OrderedJSON {
        .object([
            JSONMember("seen", .integer(pictures.count)),
            JSONMember("inputs", .integer(pictures.found)),
            JSONMember("drawn", .integer(pictures.drawn)),
            JSONMember("failed", .integer(pictures.failed)),
            JSONMember("failure", pictures.firstFailure.map { .text($0.message) } ?? .null),
            JSONMember("labelled", .integer(pictures.labelled)),
            JSONMember("classes", .integer(pictures.classes)),
            JSONMember("judgedByLabels", .flag(pictures.areJudgedByLabels)),
        ])
    }

    private static func value(_ origin: Contract.Origin) -> OrderedJSON {
        .object([
            JSONMember("field", .text(origin.field)),
            JSONMember("value", .text(origin.value)),
            JSONMember("source", .text(origin.source)),
            JSONMember("declared", .flag(origin.isDeclared)),
        ])
    }
}

extension Diagnosis.Verdict {
    /// The verdict in a word.
    fileprivate var name: String {
        switch self {
        case .agrees: "agrees"
        case .disagrees: "disagrees"
        case .standsOut: "standsOut"
        case .unclear: "unclear"
        }
    }
}

extension Diagnosis.Standing {
    /// The likelihood of as much by chance.
    fileprivate var chance: Double? {
        switch self {
        case .fewerRight(let chance), .recognizesWorse(let chance): chance
        case .best, .noClearDifference: nil
        }
    }
}
