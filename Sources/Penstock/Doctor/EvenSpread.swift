/// Some elements of a sequence of any length, evenly spread over it, in memory for twice as many.
struct EvenSpread<Element> {
    private let limit: Int
    private var kept: [Element] = []
    private var stride = 1
    /// How many elements there were.
    private(set) var count = 0

    /// Starts with none.
    ///
    /// - Parameter limit: The most that are chosen.
    init(_ limit: Int) {
        // Of so many, none is ever left out.
        self.limit = min(limit, Int.max / 2)
    }

    /// Takes the next element.
    mutating func add(_ element: Element) {
        defer { count += 1 }
        guard count.isMultiple(of: stride) else { return }
        if kept.count == 2 * limit {
            kept = kept.indices.filter { $0.isMultiple(of: 2) }.map { kept[$0] }
            stride *= 2
        }
        kept.append(element)
    }

    /// The chosen elements, in order: all of them where there are no more than the limit.
    var chosen: [Element] {
        let wanted = min(limit, kept.count)
        return (0..<wanted).map { kept[$0 * kept.count / wanted] }
    }
}
