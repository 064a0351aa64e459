/// Counts frames in the order in which they are shown, from packets in the order in which they are stored.
///
/// A frame's rank is the number of packets with an earlier time; those that a decoder never shows are counted too, so
/// that damage moves no number behind it.
struct FrameRanks {
    /// A packet of which no frame has come yet.
    struct Waiting: Hashable {
        let ticks: Int64
        let duration: Int64
        /// The size of its data, which is next to nothing where it only says that the last frame stays.
        let byteCount: Int
    }

    /// Reordering needs a few dozen at most; a decoder that shows nothing must not make this grow.
    private static let mostWaiting = 1024

    /// A step back by more ticks than this begins the times anew; reordering never goes that far.
    private let longestStepBack: Int64
    private var waiting: [Waiting] = []
    /// What came since times began anew, while frames from before that are still to come.
    private var renewed: [[Waiting]] = []
    private var latest: Int64?
    /// How many frames lie behind.
    private(set) var settled = 0

    /// Counts from 0, of a stream with so many ticks in a second.
    init(ticksPerSecond: Int64) {
        longestStepBack = ticksPerSecond
    }

    /// Counts a packet.
    mutating func arrive(_ packet: Waiting) {
        let isStepBack = latest.map { packet.ticks < $0 && $0 - packet.ticks > longestStepBack } ?? false
        latest = isStepBack ? packet.ticks : max(latest ?? packet.ticks, packet.ticks)
        if isStepBack, !waiting.isEmpty { renewed.append([]) }
        if renewed.isEmpty { insert(packet) } else { renewed[renewed.count - 1].append(packet) }
    }

    private mutating func insert(_ packet: Waiting) {
        var place = waiting.count
        while place > 0, waiting[place - 1].ticks > packet.ticks { place -= 1 }
        waiting.insert(packet, at: place)
        guard waiting.count > Self.mostWaiting else { return }
        waiting.removeFirst()
        settled += 1
    }

    /// Takes the packets that a frame shown at `ticks` leaves behind without a frame of their own.
    ///
    /// They are not counted yet: see `settle`.
    mutating func pass(upTo ticks: Int64) -> [Waiting] {
        let left = beginAnew(at: ticks)
        let count = waiting.firstIndex { $0.ticks >= ticks } ?? waiting.count
        guard count > 0 else { return left }
        let passed = Array(waiting[..<count])
        waiting.removeFirst(count)
        return left + passed
    }

    /// Goes on to the times that began anew, once a frame of them comes; returns what came of no frame before that.
    private mutating func beginAnew(at ticks: Int64) -> [Waiting] {
        guard !renewed.isEmpty, !waiting.contains(where: { $0.ticks == ticks }),
            let next = renewed.firstIndex(where: { $0.contains { $0.ticks == ticks } })
        else { return [] }
        let left = waiting + renewed[..<next].joined()
        let begun = renewed[next]
        renewed.removeFirst(next + 1)
        waiting = []
        for packet in begun { insert(packet) }
        return left
    }

    /// Counts frames that came, or should have come; returns the rank of the first.
    @discardableResult
    mutating func settle(_ count: Int = 1) -> Int {
        defer { settled += count }
        return settled
    }

    /// Counts the frame that is shown at `ticks`, once `pass` has been called for it; returns its rank.
    mutating func show(_ ticks: Int64) -> Int {
        if let first = waiting.first, first.ticks == ticks { waiting.removeFirst() }
        return settle()
    }

    /// Takes all that is left at the end.
    mutating func passAll() -> [Waiting] {
        defer { (waiting, renewed) = ([], []) }
        return waiting + renewed.joined()
    }
}
