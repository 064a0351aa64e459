internal import Penstock
internal import PenstockCore

/// What the results of a job depend on, kept beside a file of results that is not complete yet.
///
/// A job may only go on where an earlier one stopped if all of it is the same.
struct JobRecord: Hashable, Sendable {
    /// Names and values, in a fixed order.
    let fields: [Field]

    /// One thing that results depend on.
    struct Field: Hashable, Sendable {
        let name: String
        let value: String
    }
}

extension JobRecord {
    /// A line a field: the name, a tab, the value.
    var text: String {
        fields.map { "\($0.name)\t\($0.value)\n" }.joined()
    }

    /// Reads what `text` wrote.
    init(text: String) {
        fields = text.split(separator: "\n").map { line in
            let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            return Field(name: String(parts[0]), value: parts.count > 1 ? String(parts[1]) : "")
        }
    }

    /// The names of the fields that differ from another record's.
    func differences(from other: JobRecord) -> [String] {
        let mine = Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        let theirs = Dictionary(other.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        return Set(mine.keys).union(theirs.keys).filter { mine[$0] != theirs[$0] }.sorted()
    }

    /// One number for all of it, by which two files of results can be told apart.
    var digest: String {
        var hash = StableHash()
        hash.combine(text)
        return hash.description
    }
}
