/// The frames that are shown from one keyframe up to the next.
///
/// Most of them are stored behind their keyframe; those that lean on both keyframes are stored behind the next one.
struct GroupSpan: Hashable {
    /// One of the frames.
    struct Frame: Hashable {
        let ticks: Int64
        let duration: Int64
        let isKeyframe: Bool
        /// The packet's place among those of the group and, behind them, of the next.
        let place: Int
    }

    /// In the order in which they are shown.
    let frames: [Frame]
    /// When the next keyframe is shown; `nil` at the end.
    let next: Int64?

    /// Makes the span of a group, each of which begins with its keyframe; `nil` where times contradict their order.
    ///
    /// - Parameter following: The whole next group; empty at the end.
    init?(_ group: some RandomAccessCollection<PacketFacts>, _ following: some RandomAccessCollection<PacketFacts>) {
        guard let key = group.first?.ticks else { return nil }
        next = following.first?.ticks
        var frames: [Frame] = []
        frames.reserveCapacity(group.count)
        for (place, packet) in group.enumerated() where packet.isShown && packet.ticks >= key {
            frames.append(Frame(packet, place))
        }
        for (place, packet) in following.enumerated() where packet.isShown && packet.ticks < following.first!.ticks {
            frames.append(Frame(packet, group.count + place))
        }
        frames.sort { $0.ticks < $1.ticks }
        self.frames = frames
        let isRising = zip(frames, frames.dropFirst()).allSatisfy { $0.ticks < $1.ticks }
        guard isRising, frames.first?.ticks ?? key >= key else { return nil }
        if let next, next <= key || frames.last?.ticks ?? key >= next { return nil }
    }
}

extension GroupSpan {
    /// When the frame at `index` ceases to be shown; `nil` where it is the last, of unknown duration.
    func end(of index: Int) -> Int64? {
        if index + 1 < frames.count { return frames[index + 1].ticks }
        if let next { return next }
        return frames[index].duration > 0 ? frames[index].ticks + frames[index].duration : nil
    }
}

extension GroupSpan.Frame {
    fileprivate init(_ packet: PacketFacts, _ place: Int) {
        self.init(ticks: packet.ticks, duration: packet.duration, isKeyframe: packet.isKey, place: place)
    }
}
