internal import CFFmpeg

/// Where each group of frames begins in a file whose container lists every frame.
struct GroupIndex {
    /// The beginning of a group.
    struct Entry: Hashable {
        /// Shown frames that are stored before.
        let framesBefore: Int
        /// When the keyframe is decoded, in ticks; it is shown then or later.
        let decodeTicks: Int64
        /// The keyframe's place in the file.
        let offset: Int64
    }

    /// In the order of the file.
    let entries: [Entry]

    /// Makes an index of groups in the order of the file.
    init(_ entries: [Entry]) {
        self.entries = entries
    }

    /// The latest group whose frames cannot lie behind what is sought, as far as can be told.
    func group(before target: (rank: Int, ticks: Int64?)) -> Int {
        // Pictures that are stored behind a keyframe but shown before it belong to its group: so the group before the
        // last that begins early enough is the one to be sure of.
        let byRank = entries.partitioningIndex { $0.framesBefore > target.rank } - 2
        let byTime = target.ticks.map { ticks in entries.partitioningIndex { $0.decodeTicks > ticks } - 2 } ?? 0
        return max(0, byRank, byTime)
    }

    /// The group whose keyframe lies at a place in the file.
    func group(atOffset offset: Int64) -> Int? {
        let found = entries.partitioningIndex { $0.offset >= offset }
        if found < entries.count, entries[found].offset == offset { return found }
        // Files may be stored out of order.
        return entries.firstIndex { $0.offset == offset }
    }
}

extension GroupIndex {
    /// Reads a stream's index; `nil` where it does not list every frame.
    init?(_ stream: UnsafeMutablePointer<AVStream>, isComplete: Bool) {
        let count = unsafe avformat_index_get_entries_count(stream)
        guard isComplete, count > 0, unsafe Int64(count) == stream.pointee.nb_frames else { return nil }
        var entries: [Entry] = []
        var shown = 0
        for index in 0..<count {
            // `index` is below the number of entries.
            guard let entry = unsafe avformat_index_get_entry(stream, index)?.pointee else { return nil }
            if entry.flags & AVINDEX_KEYFRAME != 0 {
                entries.append(Entry(framesBefore: shown, decodeTicks: entry.timestamp, offset: entry.pos))
            }
            if entry.flags & AVINDEX_DISCARD_FRAME == 0 { shown += 1 }
        }
        guard entries.count > 1 else { return nil }
        self.init(entries)
    }
}

extension Array {
    /// The first index whose element belongs behind, in an array sorted by that.
    fileprivate func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
