internal import Penstock
internal import PenstockCore

/// Puts a verification in words, or in JSON.
struct VerifyReport {
    let findings: VerifyFindings
    let options: VerifyOptions
    let identity: RunIdentity
    let summary: ReferenceSummary?
    /// The first records of the reference that nothing was compared with.
    let left: [ReferenceItem]
    let verdict: VerifyVerdict

    init(
        findings: VerifyFindings,
        options: VerifyOptions,
        identity: RunIdentity,
        summary: ReferenceSummary?,
        left: [ReferenceItem]
    ) {
        self.findings = findings
        self.options = options
        self.identity = identity
        self.summary = summary
        self.left = left
        verdict = VerifyVerdict(findings, options, identity, summary)
    }

    /// The report in the form that was asked for.
    var text: String {
        options.format == .json ? OrderedJSON.object(members).line : plain
    }

    private var comparison: Comparison { findings.comparison }
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
        let names = left.map { ItemName.text($0.source, $0.frame) }
        let unclear = findings.ambiguous > 0 ? ", of which \(findings.ambiguous) end like several there" : ""
        return [
            (here.count > 0, ["only here", "\(here.count)\(unclear): \(Self.list(here.first, of: here.count))"]),
            (there > 0, ["only there", "\(there): \(Self.list(names, of: there))"]),
            (comparison.unnamed > 0, ["no class", "\(comparison.unnamed), of which the reference names no class"]),
            (
                tails + paths > 0,
                ["matched", "\(paths) by the file that their path leads to, \(tails) by the end of it"]
            ),
        ].filter(\.0).map(\.1)
    }

    private var tails: Int { findings.matches[.tail, default: 0] }

    private var paths: Int { findings.matches[.path, default: 0] }

    private static func list(_ names: [String], of count: Int) -> String {
        names.joined(separator: ", ") + (count > names.count ? ", …" : "")
    }

    private var failures: [[String]] {
        let failures = comparison.failures
        guard failures.here + failures.there + failures.both > 0 else { return [] }
        return [["failed", "\(failures.here) here, \(failures.there) in the reference, \(failures.both) in both"]]
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

// MARK: - For programs

extension VerifyReport {
    private var members: [JSONMember] {
        [
            JSONMember("same", .flag(verdict.isSame)),
            JSONMember("reference", .text(options.reference.description)),
            JSONMember("items", .integer(findings.seen)),
            JSONMember("compared", .integer(comparison.compared)),
            JSONMember("agreement", .shortNumber(comparison.agreement)),
            JSONMember("agree", .integer(comparison.same)),
            JSONMember("tied", .integer(comparison.tied)),
            JSONMember("differ", .integer(comparison.different)),
            JSONMember("unnamed", .integer(comparison.unnamed)),
            JSONMember("scores", scoreMembers),
            JSONMember("tolerance", .number(comparison.tolerance)),
            JSONMember("onlyHere", Self.side(findings.onlyHere.count, findings.onlyHere.first)),
            JSONMember("onlyThere", Self.side(findings.onlyThere, left.map { ItemName.text($0.source, $0.frame) })),
            JSONMember("failed", failureMembers),
            JSONMember("matched", matchMembers),
            JSONMember("identity", .object(identity.members)),
            JSONMember("referenceIdentity", summary.map { .object($0.identity.members) } ?? .null),
            JSONMember("differences", differences),
            JSONMember("faults", .array(verdict.faults.map { .text($0) })),
            JSONMember("explanation", .array(verdict.explanation.map { .text($0) })),
            JSONMember("worst", .array(comparison.worst.map(Self.item))),
        ]
    }

    private var scoreMembers: OrderedJSON {
        .object([
            JSONMember("count", .integer(comparison.scores.count)),
            JSONMember("largest", .shortNumber(comparison.scores.largest)),
            JSONMember("mean", .shortNumber(comparison.scores.mean)),
            JSONMember("rootMeanSquare", .shortNumber(comparison.scores.rootMeanSquare)),
        ])
    }

    private static func side(_ count: Int, _ first: [String]) -> OrderedJSON {
        .object([
            JSONMember("count", .integer(count)), JSONMember("first", .array(first.map { .text($0) })),
        ])
    }

    private var failureMembers: OrderedJSON {
        .object([
            JSONMember("here", .integer(comparison.failures.here)),
            JSONMember("reference", .integer(comparison.failures.there)),
            JSONMember("both", .integer(comparison.failures.both)),
        ])
    }

    private var matchMembers: OrderedJSON {
        .object([
            JSONMember("asWritten", .integer(findings.matches[.text, default: 0])),
            JSONMember("byPath", .integer(paths)),
            JSONMember("byEnd", .integer(tails)),
            JSONMember("ambiguous", .integer(findings.ambiguous)),
        ])
    }

    /// The parts of the identity that differ; nothing where the reference's is not known.
    private var differences: OrderedJSON {
        summary.map { .array(identity.differences(from: $0.identity).map { .text($0.rawValue) }) } ?? .null
    }

    private static func item(_ item: Comparison.Item) -> OrderedJSON {
        var members = [JSONMember("source", .text(item.source.description))]
        if let moment = item.moment { members.append(JSONMember("frame", .integer(moment.frame))) }
        return .object(members + item.members)
    }
}
