public import PenstockCore

extension Comparison {
    /// How one item of a run compares with its reference.
    public struct Item: Hashable, Sendable {
        /// Where the picture came from.
        public var source: FilePath
        /// Where a frame stands in its video; `nil` for a still.
        public var moment: FrameMoment?
        /// The best class of this run.
        public var here: Comparison.Score
        /// The best class of the reference.
        public var there: Comparison.Score
        /// Whether the two best classes agree.
        public var agreement: Agreement
        /// The class whose two scores lie furthest apart; `nil` where the reference has no scores.
        public var largest: Gap?

        /// How two best classes stand to each other.
        public enum Agreement: Int, Hashable, Sendable {
            /// They are one class.
            case same
            /// They are two, whose scores are the same within the tolerance in one of the runs: either may come first.
            case tied
            /// They are two.
            case different
        }

        /// One class's score in both runs.
        public struct Gap: Hashable, Sendable {
            /// The class.
            public var classIndex: Int
            /// Its name, where it has one.
            public var label: String?
            /// Its score in this run.
            public var here: Double
            /// Its score in the reference.
            public var there: Double

            /// How far apart the two are.
            public var size: Double { (here - there).magnitude }
        }
    }
}

extension Comparison.Item {
    /// Whether the item differs by more than a tolerance: in its best class, or in a score.
    public func exceeds(_ tolerance: Double) -> Bool {
        agreement == .different || largest.map { $0.size > tolerance } ?? false
    }

    /// Whether this tells more of what is wrong than another does.
    func isWorse(than other: Comparison.Item) -> Bool {
        (agreement.rawValue, largest?.size ?? 0) > (other.agreement.rawValue, other.largest?.size ?? 0)
    }
}
