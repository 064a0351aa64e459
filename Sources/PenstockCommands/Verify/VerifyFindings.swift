internal import Penstock
internal import PenstockCore

/// What a verification has found so far.
struct VerifyFindings {
    var comparison: Comparison
    var index: ReferenceIndex
    let isSubset: Bool
    /// Items of this run.
    private(set) var seen = 0
    /// Items that the reference does not have, and the first of them.
    private(set) var onlyHere = (count: 0, first: [String]())
    /// Those of them that could be one of several.
    private(set) var ambiguous = 0
    /// Items by how they were found.
    private(set) var matches: [ReferenceIndex.Match: Int] = [:]

    /// How many of those that are missing are named.
    static let named = 5

    /// What was found of one item.
    enum Finding {
        /// The reference does not have it.
        case missing
        /// The reference says this of it, and they differ by that.
        case compared(Comparison.Answer, Comparison.Item?)
    }

    init(comparison: Comparison, index: ReferenceIndex, isSubset: Bool) {
        self.comparison = comparison
        self.index = index
        self.isSubset = isSubset
    }

    /// Looks a result up in the reference and compares the two.
    mutating func add(_ item: ClassifiedPicture) throws(PenstockError) -> Finding {
        seen += 1
        switch try index.find(item.source, item.moment?.frame) {
        case .found(let reference, let match):
            matches[match, default: 0] += 1
            return .compared(reference.answer, try comparison.add(item, reference.answer))
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

    /// Records of the reference that nothing was compared with, unless that was to be expected.
    var onlyThere: Int { isSubset ? 0 : index.unused }
}

/// How a report calls an item.
enum ItemName {
    /// The source, and the frame of a video.
    static func text(_ source: FilePath, _ frame: Int?) -> String {
        source.description + (frame.map { " #\($0)" } ?? "")
    }
}
