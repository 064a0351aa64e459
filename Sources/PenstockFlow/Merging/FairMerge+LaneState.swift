internal import PenstockCore

extension FairMerge {
    /// An element in a lane.
    package struct Entry: Sendable {
        let element: Element
        let arrivedAt: MonotonicTime
        let mayDrop: Bool

        /// Makes an entry.
        package init(_ element: Element, arrivedAt: MonotonicTime, mayDrop: Bool = true) {
            self.element = element
            self.arrivedAt = arrivedAt
            self.mayDrop = mayDrop
        }
    }

    /// A lane and what is in it, oldest first.
    struct LaneState: Sendable {
        let lane: Lane
        let configuration: LaneConfiguration
        var entries: [Entry] = []
        var isFinished = false
    }
}

extension FairMerge.LaneState {
    var isFull: Bool { entries.count >= configuration.capacity }

    /// Has one element of a full lane make way for another, or says that it must wait.
    mutating func replace(with entry: FairMerge.Entry) -> FairMerge.StateMachine.Offer {
        let dropsOldest = configuration.whenFull == .dropOldest
        // What may not be dropped takes the place of what may, whatever the rule.
        if entry.mayDrop && !dropsOldest { return .acceptedDroppingOne }
        let victim = dropsOldest ? entries.firstIndex(where: \.mayDrop) : entries.lastIndex(where: \.mayDrop)
        guard let victim else { return entry.mayDrop ? .acceptedDroppingOne : .full }
        entries.remove(at: victim)
        entries.append(entry)
        return .acceptedDroppingOne
    }

    /// Gives up the elements at the head that have waited too long.
    mutating func dropTooOld(at now: MonotonicTime) -> FairMerge.Drop? {
        guard let maxAge = configuration.maxAge else { return nil }
        let count = entries.prefix { $0.mayDrop && now - $0.arrivedAt > maxAge }.count
        guard count > 0 else { return nil }
        entries.removeFirst(count)
        return FairMerge.Drop(lane: lane, reason: .tooOld, count: count)
    }
}
