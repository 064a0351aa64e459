public import PenstockCore
public import PenstockInference

/// What an examination found.
public struct Diagnosis: Sendable {
    /// What came of it.
    public let verdict: Verdict
    /// How the model would be fed today, and where each part of that comes from.
    public let origins: [Contract.Origin]
    /// Every candidate: the normalisations and colour orders, best first.
    public let findings: [Diagnosis.Finding]
    /// What is to be used under other fits and filters, best first; empty where nothing stands out.
    public let fits: [Diagnosis.Finding]
    /// The pictures that were looked at.
    public let pictures: Pictures

    /// What came of an examination.
    public enum Verdict: Hashable, Sendable {
        /// What is declared does as well as anything.
        case agrees(Diagnosis.Candidate)
        /// Something else than what is declared is clearly better.
        case disagrees(Diagnosis.Candidate)
        /// Nothing is declared, and this stands out.
        case standsOut(Diagnosis.Candidate)
        /// It cannot be told.
        case unclear(Diagnosis.Doubt)
    }

    /// What was looked at.
    public struct Pictures: Hashable, Sendable {
        /// Pictures and frames that the model saw.
        public let count: Int
        /// Stills and videos among the inputs.
        public let found: Int
        /// How many of those were taken.
        public let drawn: Int
        /// Inputs that were not found, and pictures and frames that could not be read.
        public let failed: Int
        /// Why the first of those failed; `nil` where none did.
        public let firstFailure: PenstockError?
        /// Pictures whose folder or name says what they show.
        public let labelled: Int
        /// The classes that those show.
        public let classes: Int
        /// Whether those are enough to judge by.
        public let areJudgedByLabels: Bool
    }
}

extension Diagnosis {
    /// The candidate to use; `nil` where none stands out.
    public var recommended: Diagnosis.Candidate? {
        switch verdict {
        case .agrees(let candidate), .disagrees(let candidate), .standsOut(let candidate): candidate
        case .unclear: nil
        }
    }

    /// The finding about what is declared; `nil` where nothing is.
    public var declared: Diagnosis.Finding? { findings.first(where: \.candidate.isDeclared) }

    /// The finding about a candidate.
    public func finding(of candidate: Diagnosis.Candidate) -> Diagnosis.Finding? {
        (findings + fits).first { $0.candidate.preprocessing == candidate.preprocessing }
    }

    /// The candidates that the pictures cannot tell from the recommended one.
    public var alternatives: [Diagnosis.Candidate] {
        guard let recommended else { return [] }
        return findings.filter { !$0.standing.isWorse }.map(\.candidate).filter { !$0.isAlike(recommended) }
    }
}

extension Diagnosis {
    init(
        _ doctor: Doctor,
        _ sample: PictureSample,
        _ evidence: Evidence,
        _ judgement: Judgement,
        fits: FitJudgement?
    ) {
        verdict = Verdict(judgement, fits)
        origins = doctor.session.contract.origins
        findings = judgement.ranking.map { Diagnosis.Finding($0.testimony, $0.standing) }
        self.fits = (fits?.ranking ?? []).map { Diagnosis.Finding($0.testimony, $0.standing) }
        pictures = Pictures(sample, evidence)
    }
}

extension Diagnosis.Verdict {
    fileprivate init(_ judgement: Judgement, _ fits: FitJudgement?) {
        if let doubt = judgement.doubt {
            self = .unclear(doubt)
            return
        }
        guard let chosen = fits?.chosen else {
            self = .unclear(.noDifference)
            return
        }
        let isAnythingDeclared = judgement.ranking.contains { $0.testimony.candidate.isDeclared }
        self = chosen.isDeclared ? .agrees(chosen) : isAnythingDeclared ? .disagrees(chosen) : .standsOut(chosen)
    }
}

extension Diagnosis.Pictures {
    fileprivate init(_ sample: PictureSample, _ evidence: Evidence) {
        count = evidence.pictureCount
        found = sample.found
        drawn = sample.drawn
        failed = sample.missing.count + evidence.failures.count
        firstFailure = sample.missing.first ?? evidence.failures.first
        labelled = evidence.labelled?.count ?? 0
        classes = evidence.labelled?.classCount ?? 0
        areJudgedByLabels = evidence.labelled?.isEnough ?? false
    }
}
