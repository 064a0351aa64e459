/// A keyframe's packet and those that follow it up to the next.
struct PacketGroup {
    private(set) var packets: [HeldPacket]
    /// What is known of the packets.
    private(set) var facts: [PacketFacts]

    init(_ key: HeldPacket) {
        packets = [key]
        facts = [key.facts]
    }

    mutating func append(_ packet: HeldPacket) {
        packets.append(packet)
        facts.append(packet.facts)
    }

    /// When the keyframe is shown.
    var keyTicks: Int64 { facts[0].ticks }

    /// How many frames are stored behind the keyframe but shown before it.
    var leadingCount: Int { facts.count { $0.isShown && $0.ticks < keyTicks } }
}
