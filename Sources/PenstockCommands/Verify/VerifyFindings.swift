internal import Penstock
internal import PenstockCore

/// What a verification has found so far.
struct VerifyFindings {
    var comparison: Comparison
    /// Items of this run.
    private(set) var seen = 0
    /// Items that the reference does not have, and the first of them.
    private(set) var onlyHere = (count: 0, first: [String]())
    /// Records of the reference that nothing was compared with, unless that was to be expected, and the first of them.
    var onlyThere = (count: 0, first: [ReferenceItem]())
    /// Those of this run whose records had been compared with others.
    private(set) var ambiguous = 0
    /// Items by how they were found.
    private(set) var matches: [ReferenceIndex.Match: Int] = [:]
    /// The first of those that failed in one of the runs.
    private(set) var failed: [OneSidedFailure] = []

    /// How many of those that are missing or have failed are named.
    static let named = 5

    /// What was found of one item.
    enum Finding {
        /// The reference does not have it.
        case missing
        /// Both have classes of it, or both have none, and they differ by that.
        case compared(Comparison.Item?)
        /// One of the two failed.
        case failed(OneSidedFailure)
    }

    init(comparison: Comparison) {
        self.comparison = comparison
    }

    /// Compares a result with what the reference was found to say of it.
    mutating func add(_ item: ClassifiedPicture, _ found: ReferenceIndex.Finding) throws(PenstockError) -> Finding {
        seen += 1
        switch found {
        case .found(let reference, let match):
            matches[match, default: 0] += 1
            let difference = try comparison.add(item, reference.answer)
            guard let failure = OneSidedFailure(item, reference.answer) else { return .compared(difference) }
            if failed.count < Self.named { failed.append(failure) }
            return .failed(failure)
        case .ambiguous:
            ambiguous += 1
            noteMissing(item)
        case .missing: noteMissing(item)
        }
        return .missing
    }

    private mutating func noteMissing(_ item: ClassifiedPicture) {
        onlyHere.count += 1
        if onlyHere.first.count < Self.named { onlyHere.first.append(ItemName.text(item.source, item.moment?.frame)) }
    }
}
