extension FairMerge {
    /// A producer's place in a merge.
    package struct Lane: Hashable, Sendable {
        /// Counts lanes from 1.
        package let number: Int
    }

    /// What a lane holds, and what happens when it is full.
    package struct LaneConfiguration: Hashable, Sendable {
        /// The most elements that wait in the lane.
        package var capacity: Int
        /// What happens to an element that finds the lane full.
        package var whenFull: WhenFull
        /// Elements that have waited longer than this are given up when their turn comes; `nil` for none.
        package var maxAge: Duration?

        /// Makes a configuration.
        package init(capacity: Int, whenFull: WhenFull = .wait, maxAge: Duration? = nil) {
            precondition(capacity > 0, "a lane holds at least one element")
            self.capacity = capacity
            self.whenFull = whenFull
            self.maxAge = maxAge
        }
    }

    /// What happens to an element that finds its lane full.
    package enum WhenFull: Hashable, Sendable {
        /// Its producer waits.
        case wait
        /// The oldest that may be dropped makes way.
        case dropOldest
        /// It is given up itself.
        case dropNewest
    }

    /// What a lane has given up.
    package struct Drop: Hashable, Sendable {
        /// Whose elements they were.
        package let lane: Lane
        /// Why.
        package let reason: Accounting.DropReason
        /// How many.
        package internal(set) var count: Int
    }
}
