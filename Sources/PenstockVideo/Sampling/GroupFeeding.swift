/// Gives a decoder the packets that lead to wanted frames, beginning anew where too much lies between.
struct GroupFeeding {
    /// What the decoder is to be given.
    enum Order {
        /// A packet, and whether the decoder may pass over it if no other frame needs it.
        case feed(HeldPacket, passesOver: Bool)
        /// The end, so that it gives out what it holds back, which is shown before a tick; it begins anew behind that.
        case drain(before: Int64)
    }

    private let traits: CodecTraits
    private var orders: [Order] = []
    private var position = 0
    /// Packets of the next group that the decoder has already got.
    private var fedAhead = 0
    /// The packets of the last group that it has not got.
    private var rest: [HeldPacket] = []
    /// Whether the decoder has got packets since it last began anew.
    private var isPrimed = false
    /// Whether what the decoder has got leads up to the next group.
    private var isContinuous = false

    init(_ traits: CodecTraits) {
        self.traits = traits
    }

    /// The next order, once.
    mutating func next() -> Order? {
        guard position < orders.count else {
            orders.removeAll(keepingCapacity: true)
            position = 0
            return nil
        }
        defer { position += 1 }
        return orders[position]
    }

    /// Has the packets at these places decoded, counted through the group and the one behind it.
    mutating func feed(_ places: Set<Int>, of group: PacketGroup, _ following: PacketGroup?) {
        guard let last = places.max() else { return interrupt() }
        let packets = group.packets + (following?.packets ?? []).prefix(max(0, last + 1 - group.packets.count))
        let start = begin(group)
        for place in start..<max(start, last + 1) where isNeeded(place, places, packets, of: group) {
            let passesOver = traits.marksUnreferenced && !places.contains(place)
            orders.append(.feed(packets[place], passesOver: passesOver))
        }
        isPrimed = true
        isContinuous = true
        let fed = max(start, last + 1)
        fedAhead = max(0, fed - group.packets.count)
        rest = fed < group.packets.count ? Array(group.packets[fed...]) : []
    }

    /// Passes over a group: what was fed is given out, and the decoder begins anew behind it.
    mutating func interrupt() {
        (fedAhead, rest, isContinuous) = (0, [], false)
        if isPrimed, !traits.isIntraOnly { drain(before: .max) }
    }

    /// Ends the feeding.
    mutating func conclude() {
        (fedAhead, rest, isContinuous) = (0, [], false)
        drain(before: .max)
    }
}

extension GroupFeeding {
    private mutating func drain(before ticks: Int64) {
        orders.append(.drain(before: ticks))
        isPrimed = false
    }

    /// Makes the decoder ready for a group, and returns the place from which on it needs the packets.
    private mutating func begin(_ group: PacketGroup) -> Int {
        if isContinuous, traits.isIntraOnly || rest.count <= max(4, group.packets.count / 4) {
            if !traits.isIntraOnly { orders += rest.map { .feed($0, passesOver: traits.marksUnreferenced) } }
            return fedAhead
        }
        if isPrimed, !traits.isIntraOnly { drain(before: group.keyTicks) }
        isContinuous = false
        return 0
    }

    private func isNeeded(_ place: Int, _ places: Set<Int>, _ packets: [HeldPacket], of group: PacketGroup) -> Bool {
        if traits.isIntraOnly { return places.contains(place) }
        // Where the decoder begins anew, what is shown before the keyframe leans on what it has not got.
        let isLeading = place < group.packets.count && packets[place].facts.ticks < group.keyTicks
        return isContinuous || !isLeading || !packets[place].facts.isShown
    }
}
