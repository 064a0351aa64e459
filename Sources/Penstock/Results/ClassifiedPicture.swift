public import PenstockCore
package import PenstockFlow

/// What became of one item of a job.
public struct ClassifiedPicture: Hashable, Sendable {
    /// Where the picture came from: the path or address as it was given or found.
    public var source: FilePath
    /// The item's place in the job, from 0, in the order of the source.
    public var index: Int
    /// The picture's own size, upright; `nil` when it could not be read that far.
    public var size: ImageSize?
    /// Whether the file was cut short and decoded all the same, as was allowed.
    public var isTruncated: Bool
    /// The classes, or why there are none.
    public var outcome: Outcome

    /// How an item ended.
    public enum Outcome: Hashable, Sendable {
        /// The best classes, in falling score.
        case classified([Classification])
        /// It failed. This is a result too: the job goes on.
        case failed(PenstockError)
    }

    /// Makes a result.
    public init(source: FilePath, index: Int, size: ImageSize? = nil, isTruncated: Bool = false, outcome: Outcome) {
        self.source = source
        self.index = index
        self.size = size
        self.isTruncated = isTruncated
        self.outcome = outcome
    }
}

extension ClassifiedPicture {
    /// The best classes, none when the item failed.
    public var top: [Classification] {
        if case .classified(let classes) = outcome { classes } else { [] }
    }

    /// Why the item failed, or `nil` when it did not.
    public var failure: PenstockError? {
        if case .failed(let error) = outcome { error } else { nil }
    }
}

extension ClassifiedPicture: FlowValue {
    package var ending: ItemEnding {
        switch failure?.code {
        case nil: .done
        case .cancelled: .dropped(.cancelled)
        default: .failed
        }
    }
}
