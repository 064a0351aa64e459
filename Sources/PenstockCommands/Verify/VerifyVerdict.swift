internal import Penstock
internal import PenstockCore
internal import PenstockFlow

/// Whether two runs are the same, why not, and what it looks like.
struct VerifyVerdict {
    /// What is against their being the same, a sentence each.
    let faults: [String]
    /// What that looks like.
    let explanation: [String]

    /// Whether nothing is.
    var isSame: Bool { faults.isEmpty }

    init(_ findings: VerifyFindings, _ options: VerifyOptions, _ identity: RunIdentity, _ summary: ReferenceSummary?) {
        let faults = Self.faults(findings, options)
        self.faults = faults
        let comparison = findings.comparison
        let names = Self.names(comparison)
        let parts = summary.map { Self.identity(identity, $0.identity) }
        let isSame = comparison.different == 0 && comparison.scores.largest <= comparison.tolerance
        explanation =
            names + (parts ?? []) + (isSame || parts?.isEmpty == false ? [] : [Self.size(comparison, summary)])
    }
}

// MARK: - Faults

extension VerifyVerdict {
    private static func faults(_ findings: VerifyFindings, _ options: VerifyOptions) -> [String] {
        let comparison = findings.comparison
        var faults: [String] = []
        if comparison.compared == 0 { faults.append("Nothing could be compared.") }
        if comparison.agreement < options.minAgreement {
            faults.append(
                "\(comparison.different) of \(comparison.compared) first classes differ; --min-agreement asks for "
                    + "\(options.minAgreement)."
            )
        }
        if comparison.scores.largest > comparison.tolerance {
            faults.append(
                "A score differs by \(ScoreText.difference(comparison.scores.largest)), and the tolerance is "
                    + "\(ScoreText.difference(comparison.tolerance))."
            )
        }
        return faults + missing(findings) + failed(comparison.failures)
    }

    private static func missing(_ findings: VerifyFindings) -> [String] {
        var faults: [String] = []
        if findings.onlyHere.count > 0 {
            faults.append(
                "\(counted(findings.onlyHere.count)) of this run \(isOrAre(findings.onlyHere.count)) not in the reference."
            )
        }
        if findings.onlyThere.count > 0 {
            faults.append(
                "\(counted(findings.onlyThere.count)) of the reference \(isOrAre(findings.onlyThere.count)) not in this run "
                    + "(--subset allows that)."
            )
        }
        return faults
    }

    private static func failed(_ failures: Comparison.Failures) -> [String] {
        [(failures.here, "here"), (failures.there, "in the reference")].compactMap { count, place in
            count > 0 ? "\(counted(count)) failed \(place) and not in the other." : nil
        }
    }

    private static func counted(_ count: Int) -> String { "\(count) item\(count == 1 ? "" : "s")" }

    private static func isOrAre(_ count: Int) -> String { count == 1 ? "is" : "are" }
}

// MARK: - Explanation

extension VerifyVerdict {
    private static func identity(_ here: RunIdentity, _ there: RunIdentity) -> [String] {
        here.differences(from: there).map { part in
            switch part {
            case .model: "The reference was made with another model: the files are not the same."
            case .contract: "The reference was made under another contract: preprocessing, labels or activation differ."
            case .engine: "The reference was made by another engine or release: \(there.engine); here \(here.engine)."
            case .precision:
                "The reference was made under another precision: \(there.precision); here \(here.precision)."
            }
        }
    }

    private static func names(_ comparison: Comparison) -> [String] {
        guard let first = comparison.firstRenamed else { return [] }
        return [
            "The reference calls class \(first.classIndex) '\(first.there)', and here it is '\(first.here)' "
                + "(and so on, \(comparison.renamed) times): its labels are others, or count from another class."
        ]
    }

    /// What the size of the differences looks like, where nothing says what made them.
    private static func size(_ comparison: Comparison, _ summary: ReferenceSummary?) -> String {
        if summary != nil {
            return "Model, contract, engine and precision are those of the reference: the pictures, --fast-decode, "
                + "--allow-truncated or the machine differ."
        }
        return comparison.agreement >= 0.95 && comparison.scores.rootMeanSquare < 0.02
            ? "Differences of this size come from another precision, engine or filter."
            : "Differences of this size come from another model or preprocessing; `penstock doctor` looks for the latter."
    }
}
