/// Segments that have ended and wait for those that began before them.
struct EndedEvents: Sendable {
    /// With more than these waiting, the oldest open event is cut in two.
    static let bound = 4096

    private let isInOrder: Bool
    /// In the order in which they began.
    private var waiting: [EventSegment] = []

    init(inOrder: Bool) {
        isInOrder = inOrder
    }

    /// Whether as many wait as may.
    var isFull: Bool { waiting.count > Self.bound }

    /// Whether any waits for an event that began at `start`.
    func waits(for start: Duration) -> Bool { isInOrder && waiting.last.map { $0.start > start } ?? false }

    mutating func insert(_ segment: EventSegment) {
        let place = waiting.lastIndex { !Self.precedes(segment, $0) }.map { $0 + 1 } ?? 0
        waiting.insert(segment, at: place)
    }

    /// Takes out what began no later than everything that is still open; `nil` where nothing is.
    mutating func release(before start: Duration?) -> [EventSegment] {
        guard !waiting.isEmpty else { return [] }
        let count =
            if isInOrder, let start { waiting.firstIndex { $0.start > start } ?? waiting.count } else { waiting.count }
        defer { waiting.removeFirst(count) }
        return Array(waiting.prefix(count))
    }

    private static func precedes(_ left: EventSegment, _ right: EventSegment) -> Bool {
        (left.start, left.classIndex) < (right.start, right.classIndex)
    }
}
