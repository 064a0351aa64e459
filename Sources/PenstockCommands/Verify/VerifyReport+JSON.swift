internal import Penstock
internal import PenstockCore

extension VerifyReport {
    /// The report for a program, as one object.
    var json: String { OrderedJSON.object(members).line }

    private var members: [JSONMember] {
        [
            JSONMember("same", .flag(verdict.isSame)),
            JSONMember("reference", .text(options.reference.description)),
            JSONMember("items", .integer(findings.seen)),
            JSONMember("compared", .integer(comparison.compared)),
            JSONMember("agreement", comparison.compared > 0 ? .shortNumber(comparison.agreement) : .null),
            JSONMember("agree", .integer(comparison.same)),
            JSONMember("tied", .integer(comparison.tied)),
            JSONMember("differ", .integer(comparison.different)),
            JSONMember("unnamed", .integer(comparison.unnamed)),
            JSONMember("scores", scoreMembers),
            JSONMember("tolerance", .number(comparison.tolerance)),
            JSONMember("onlyHere", Self.side(findings.onlyHere.count, findings.onlyHere.first)),
            JSONMember(
                "onlyThere",
                Self.side(findings.onlyThere.count, findings.onlyThere.first.map { ItemName.text($0.source, $0.frame) })
            ),
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
            JSONMember("first", .array(findings.failed.map(Self.failure))),
        ])
    }

    private static func failure(_ failure: OneSidedFailure) -> OrderedJSON {
        .object([JSONMember("source", .text(failure.name))] + failure.members)
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
