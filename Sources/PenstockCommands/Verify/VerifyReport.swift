internal import Penstock
internal import PenstockCore

/// Puts a verification in words, or in JSON.
struct VerifyReport {
    let findings: VerifyFindings
    let options: VerifyOptions
    let identity: RunIdentity
    let summary: ReferenceSummary?
    let verdict: VerifyVerdict

    init(
        findings: VerifyFindings,
        options: VerifyOptions,
        identity: RunIdentity,
        summary: ReferenceSummary?
    ) {
        self.findings = findings
        self.options = options
        self.identity = identity
        self.summary = summary
        verdict = VerifyVerdict(findings, options, identity, summary)
    }

    /// The report in the form that was asked for.
    var text: String {
        options.format == .json ? json : plain
    }

    var comparison: Comparison { findings.comparison }
}

// MARK: - For people

extension VerifyReport {
    private var plain: String {
        let parts = [Columns.text(facts.map { $0.map(VisibleText.escaped) }), table].filter { !$0.isEmpty }
        return parts.joined(separator: "\n") + "\n" + conclusion
    }

    private var facts: [[String]] {
        [
            ["compared", "\(comparison.compared) of \(findings.seen) with \(options.reference)"],
            ["first class", firstClass],
            ["scores", scores],
        ] + missing + failures + identities
    }

    private var firstClass: String {
        guard comparison.compared > 0 else { return "nothing was compared" }
        let percent = DecimalText.fixed(comparison.agreement * 100, 2)
        return "\(comparison.same) agree, \(comparison.tied) tied, \(comparison.different) differ: \(percent) %"
    }

    private var scores: String {
        let scores = comparison.scores
        guard scores.count > 0 else { return "the reference has none" }
        return "\(scores.count) compared: largest difference \(ScoreText.difference(scores.largest)), mean "
            + "\(ScoreText.difference(scores.mean)), root mean square \(ScoreText.difference(scores.rootMeanSquare)), "
            + "tolerance \(ScoreText.difference(comparison.tolerance))"
    }

    private var missing: [[String]] {
        let here = findings.onlyHere
        let there = findings.onlyThere
        let names = there.first.map { ItemName.text($0.source, $0.frame) }
        let unclear = findings.ambiguous > 0 ? ", of which \(findings.ambiguous) end like some that were compared" : ""
        return [
            (here.count > 0, ["only here", "\(here.count)\(unclear): \(Self.list(here.first, of: here.count))"]),
            (there.count > 0, ["only there", "\(there.count): \(Self.list(names, of: there.count))"]),
            (comparison.unnamed > 0, ["no class", "\(comparison.unnamed), of which the reference names no class"]),
            (
                tails + paths > 0,
                ["matched", "\(paths) by the file that their path leads to, \(tails) by the end of it"]
            ),
        ].filter(\.0).map(\.1)
    }

    var tails: Int { findings.matches[.tail, default: 0] }

    var paths: Int { findings.matches[.path, default: 0] }

    private static func list(_ names: [String], of count: Int) -> String {
        names.joined(separator: ", ") + (count > names.count ? ", …" : "")
    }

    private var failures: [[String]] {
        let failures = comparison.failures
        guard failures.here + failures.there + failures.both > 0 else { return [] }
        return [["failed", "\(failures.here) here, \(failures.there) in the reference, \(failures.both) in both"]]
            + findings.failed.map { ["", "\($0.side == .here ? "here" : "there"): \($0.name): \($0.message)"] }
    }

    private var identities: [[String]] {
        [["here", Self.text(identity)], ["reference", summary.map { Self.text($0.identity) } ?? "no summary of it"]]
    }

    private static func text(_ identity: RunIdentity) -> String {
        "\(identity.digest): model \(identity.model), contract \(identity.contract), \(identity.engine), "
            + identity.precision
    }

    private var table: String {
        guard !comparison.worst.isEmpty else { return "" }
        let rows = comparison.worst.map { item in
            ([
                ItemName.text(item.source, item.moment?.frame),
                item.largest.map { ScoreText.difference($0.size) } ?? "",
                Self.cell(item.here), Self.cell(item.there),
            ] + (item.agreement == .same ? [] : ["\(item.agreement)"])).map(VisibleText.escaped)
        }
        return Columns.text([["most different", "by", "here", "reference"]] + rows)
    }

    private static func cell(_ named: Comparison.Score) -> String {
        let name = named.label ?? named.classIndex.map { "class \($0)" } ?? "?"
        return named.score == nil ? name : "\(name) \(ScoreText.score(named.score))"
    }

    private var conclusion: String {
        let head = verdict.isSame ? ["The same within the tolerance."] : ["Not the same."] + verdict.faults
        return (head + verdict.explanation).map { VisibleText.escaped($0) + "\n" }.joined()
    }
}
