extension FairMerge {
    /// Everything that a merge decides, as a value without clock or threads.
    package struct StateMachine: Sendable {
        private var lanes: [FairMerge.LaneState] = []
        /// The position in `lanes` that is looked at first.
        private var turn = 0
        private var nextNumber = 0
        private var isClosed = false

        /// Makes a merge without lanes.
        package init() {}
    }
}

// MARK: - The producers' side

extension FairMerge.StateMachine {
    package typealias Lane = FairMerge.Lane
    package typealias Drop = FairMerge.Drop

    /// What became of an element.
    package enum Offer: Hashable, Sendable {
        /// It is in its lane.
        case accepted
        /// Its lane was full, and one element was given up: another, or this one.
        case acceptedDroppingOne
        /// There is no room: offer it again later.
        case full
        /// Nothing more is taken.
        case refused
    }

    /// Opens a lane.
    package mutating func addLane(_ configuration: FairMerge.LaneConfiguration) -> Lane {
        defer { nextNumber += 1 }
        var state = FairMerge.LaneState(lane: Lane(number: nextNumber), configuration: configuration)
        state.entries.reserveCapacity(configuration.capacity)
        lanes.append(state)
        return state.lane
    }

    /// Puts an element into a lane.
    package mutating func offer(_ entry: FairMerge.Entry, to lane: Lane) -> Offer {
        guard !isClosed, let position = position(of: lane), !lanes[position].isFinished else { return .refused }
        if !lanes[position].isFull {
            lanes[position].entries.append(entry)
            return .accepted
        }
        guard lanes[position].configuration.whenFull != .wait else { return .full }
        return lanes[position].replace(with: entry)
    }

    /// Ends a lane.
    package mutating func finish(_ lane: Lane) {
        guard let position = position(of: lane) else { return }
        lanes[position].isFinished = true
        removeIfOver(position)
    }

    /// Gives up what is in the lanes, and ends them.
    package mutating func close() -> [Drop] {
        isClosed = true
        defer { lanes = [] }
        return lanes.compactMap { state in
            let count = state.entries.count { $0.mayDrop }
            return count > 0 ? Drop(lane: state.lane, reason: .cancelled, count: count) : nil
        }
    }

    private func position(of lane: Lane) -> Int? {
        lanes.firstIndex { $0.lane == lane }
    }
}

// MARK: - The consumer's side

extension FairMerge.StateMachine {
    /// What the consumer gets.
    package enum Take: Sendable {
        /// The next element.
        case element(Element)
        /// Nothing is there yet.
        case wait
        /// Nothing will come any more.
        case finished
    }

    /// Takes from the first lane, from the one whose turn it is on, that has something young enough.
    package mutating func take(at now: MonotonicTime) -> (take: Take, drops: [Drop]) {
        var drops: [Drop] = []
        for _ in 0..<lanes.count {
            let position = turn % lanes.count
            if let drop = lanes[position].dropTooOld(at: now) { drops.append(drop) }
            guard !lanes[position].entries.isEmpty else {
                turn = position + 1
                continue
            }
            let entry = lanes[position].entries.removeFirst()
            turn = position + 1
            removeIfOver(position)
            return (.element(entry.element), drops)
        }
        lanes.removeAll { $0.isFinished && $0.entries.isEmpty }
        return (lanes.isEmpty ? .finished : .wait, drops)
    }

    /// Forgets a lane that has ended and is empty.
    private mutating func removeIfOver(_ position: Int) {
        guard lanes[position].isFinished, lanes[position].entries.isEmpty else { return }
        lanes.remove(at: position)
        if turn > position { turn -= 1 }
    }
}
