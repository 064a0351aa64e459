internal import CFFmpeg
internal import PenstockCore
internal import PenstockFlow

/// Reads a video group by group, and passes over the stretches of a file that nothing is wanted of.
@safe final class GroupReader {
    /// Beyond this much, groups are too large to wait for.
    private static let mostBytes = 128 << 20
    private static let mostPackets = 20_000

    private let demuxer: Demuxer
    private let codec: AVCodecID
    private let packet: Packet
    private let ending: VideoEnding
    private var index: GroupIndex?
    private var byteCount = 0
    private var packetCount = 0
    /// What was read before the first keyframe.
    private var prelude: [HeldPacket] = []
    /// The group sought in a jump that has not been looked at yet, and the place it must not lie behind.
    private var landing: (goal: Int, ticks: Int64?)?
    /// Frames that are stored in the first group but cannot be decoded, so that nobody counts them.
    private var uncounted = 0

    /// Groups in the order of the file, the last of which may not be whole.
    private(set) var groups: [PacketGroup] = []
    /// The number of the first group, counted from the beginning of the file.
    private var number = 0
    /// The rank of the first group's keyframe.
    private(set) var rank = 0
    /// Whether there is nothing more to read.
    private(set) var hasEnded = false
    /// Whether the packets do not lend themselves to being grouped.
    private(set) var isIrregular = false
    private(set) var lastArrival = MonotonicTime.now

    init(_ demuxer: Demuxer, _ ending: VideoEnding) throws(PenstockError) {
        self.demuxer = demuxer
        self.ending = ending
        codec = demuxer.codec
        packet = try Packet()
        index = demuxer.groupIndex
    }
}

extension GroupReader {
    /// The first group, once the one behind it is whole, or is known not to come.
    var isReady: Bool { groups.count > 2 || hasEnded && !groups.isEmpty }

    /// Everything that was read and not dropped.
    var heldPackets: [HeldPacket] { prelude + groups.flatMap(\.packets) }

    /// Reads a packet.
    func read() {
        let outcome = unsafe demuxer.read(into: packet.pointer)
        lastArrival = .now
        guard ending.takes(outcome) else {
            // The last group of all may be the only one that a jump has led to.
            if groups.count == 1, landing != nil {
                settleFirst()
                if landing != nil { return }
            }
            hasEnded = true
            isIrregular = groups.isEmpty && landing == nil
            return
        }
        unsafe take(HeldPacket(taking: packet.pointer, codec))
    }

    /// Drops the first group, whose span held so many frames.
    func dropFirst(frames: Int) {
        let dropped = groups.removeFirst()
        packetCount -= dropped.packets.count
        byteCount -= dropped.packets.reduce(0) { $0 + $1.byteCount }
        number += 1
        rank += frames
    }

    private func take(_ held: HeldPacket) {
        packetCount += 1
        byteCount += held.byteCount
        if held.facts.isKey {
            if groups.isEmpty, !land(held) { return }
            groups.append(PacketGroup(held))
            if groups.count == 2 { settleFirst() }
        } else if groups.isEmpty {
            // Behind a jump lies a keyframe; at the beginning of a file there may be some that lost theirs.
            if landing == nil { prelude.append(held) }
        } else {
            groups[groups.count - 1].append(held)
        }
        isIrregular =
            isIrregular || held.facts.ticks == .min || byteCount > Self.mostBytes || packetCount > Self.mostPackets
    }
}

extension GroupReader {
    /// Jumps to the groups in which the next wanted frame lies, if it is far off; says whether it did.
    func jump(to target: (rank: Int, ticks: Int64?)) -> Bool {
        guard let index, groups.count == 2, !hasEnded, !isIrregular else { return false }
        let goal = index.group(before: (target.rank.addingClamped(uncounted), target.ticks))
        guard goal > number + 3 else { return false }
        seek(goal, target.ticks)
        return true
    }

    private func seek(_ goal: Int, _ ticks: Int64?) {
        (groups, prelude, byteCount, packetCount) = ([], [], 0, 0)
        landing = (goal, ticks)
        guard let index, demuxer.seek(to: index.entries[goal].decodeTicks) else { return abandonIndex() }
    }

    /// Finds out which group a jump has led to; `false` where nobody knows, and reading begins anew without this one.
    private func land(_ key: HeldPacket) -> Bool {
        guard landing != nil else { return true }
        guard let found = index?.group(atOffset: key.offset) else {
            abandonIndex()
            return false
        }
        number = found
        return true
    }

    /// Counts the frames before the first group, which is whole now; jumps back where a jump went too far.
    private func settleFirst() {
        guard let landing else {
            // Nothing comes before the first group, so what leans on that is not shown.
            if number == 0 { uncounted = groups[0].leadingCount }
            return
        }
        if let ticks = landing.ticks, groups[0].keyTicks > ticks, number > 0 {
            return seek(max(0, min(number, landing.goal) * 3 / 4 - 1), ticks)
        }
        self.landing = nil
        rank = number == 0 ? 0 : index!.entries[number].framesBefore + groups[0].leadingCount - uncounted
    }

    /// Reads from the beginning of the file, since the index does not tell the truth.
    private func abandonIndex() {
        index = nil
        (landing, number, rank) = (nil, 0, 0)
        (groups, prelude, byteCount, packetCount) = ([], [], 0, 0)
        if !demuxer.seek(to: .min) { hasEnded = true }
    }
}

extension Int {
    fileprivate func addingClamped(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
