/// Holds finished values until it is their turn, and says how far ahead work may run.
///
/// Items are numbered from 0. In order, value *n* leaves after value *n − 1*; unordered, values leave as they come.
/// Either way at most `capacity` items exist between being admitted and being taken, which is what bounds memory when
/// one item is slow or nobody takes the results.
package struct DeliveryWindow<Value: Sendable>: Sendable {
    /// The most items that may be under way.
    package let capacity: Int
    /// Whether values leave in the order of their items.
    package let isOrdered: Bool

    private var ring: [Value?]
    private var ready: Int = 0
    private var taken = 0
    private var admitted = 0
    /// The item whose value leaves next, when in order.
    package private(set) var head = 0

    /// Makes an empty window.
    package init(capacity: Int, isOrdered: Bool = true) {
        precondition(capacity > 0, "a window holds at least one item")
        self.capacity = capacity
        self.isOrdered = isOrdered
        ring = Array(repeating: nil, count: capacity)
    }
}

extension DeliveryWindow {
    /// How many more items may be admitted now.
    package var room: Int { capacity - (admitted - taken) }

    /// Whether `take` would return a value.
    package var isReady: Bool { ring[head % capacity] != nil }

    /// Admitted items whose values have not been taken yet.
    package var outstanding: Int { admitted - taken }

    /// Lets the next item in, and returns its number.
    package mutating func admit() -> Int {
        precondition(room > 0, "admit only while there is room")
        defer { admitted += 1 }
        return admitted
    }

    /// Stores an item's value.
    package mutating func insert(_ value: Value, for item: Int) {
        let place = (isOrdered ? item : head + ready) % capacity
        precondition(ring[place] == nil && item < admitted, "each admitted item gets one value")
        ring[place] = value
        ready += 1
    }

    /// Takes the next value whose turn has come.
    package mutating func take() -> Value? {
        let place = head % capacity
        guard let value = ring[place] else { return nil }
        ring[place] = nil
        head += 1
        taken += 1
        ready -= 1
        return value
    }
}
