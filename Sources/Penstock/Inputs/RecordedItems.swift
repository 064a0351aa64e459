package import PenstockCore

/// Which items of a job already have results, and a sum by which to tell that they are the same items.
///
/// A bit an item: a job of ten million pictures is remembered in little over a megabyte.
package struct RecordedItems: Hashable, Sendable {
    private var words: [UInt64] = []
    /// How many items there are.
    package private(set) var count = 0
    /// The sum of a hash of each item's index and name; sums do not depend on the order.
    private(set) var digest: UInt64 = 0
    /// How many items each video is whose frames went into one file, by the number of the first.
    private(set) var videos: [Int: Int] = [:]

    /// Makes a record of nothing.
    package init() {}

    /// Whether the item has a result.
    func contains(_ index: Int) -> Bool {
        index / 64 < words.count && words[index / 64] & (1 << (UInt64(index) % 64)) != 0
    }

    /// The number of the last item that has a result, plus one.
    var end: Int { words.count * 64 - (words.last?.leadingZeroBitCount ?? 0) }

    /// Records an item's result. Returns `false` when it had one already.
    package mutating func insert(_ index: Int, _ name: FilePath) -> Bool {
        if contains(index) { return false }
        if index / 64 >= words.count {
            words.append(contentsOf: repeatElement(0, count: index / 64 + 1 - words.count))
        }
        words[index / 64] |= 1 << (UInt64(index) % 64)
        count += 1
        digest &+= Self.hash(index, name)
        return true
    }

    /// Records that items from `first` on, each of which is recorded by itself as well, are one video.
    package mutating func insertVideo(at first: Int, count: Int) {
        videos[first] = count
    }

    /// Whether these are the items of another record.
    func hasItems(of other: RecordedItems) -> Bool { words == other.words && digest == other.digest }

    /// A hash that is the same in every process.
    static func hash(_ index: Int, _ name: FilePath) -> UInt64 {
        var hash = StableHash()
        hash.combine(UInt64(index))
        hash.combine(name.bytes)
        return hash.value
    }
}
