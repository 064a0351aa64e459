/// The places of the highest values, highest first; of equals, the lower place comes first.
struct TopClasses {
    /// A value and where it stands.
    struct Place {
        var index: Int
        var value: Float
    }

    /// The places, in falling value.
    private(set) var ranked: [Place] = []

    /// Up to this many, shifting a short list beats sorting everything.
    private static let shortList = 64

    /// Finds the highest `count` of the values, none of which is NaN.
    init(of values: Span<Float>, count: Int) {
        ranked.reserveCapacity(count)
        if count <= Self.shortList {
            for index in values.indices { consider(Place(index: index, value: values[index]), count) }
        } else {
            let all = values.indices.map { Place(index: $0, value: values[$0]) }
            ranked = Array(all.sorted { ($0.value, $1.index) > ($1.value, $0.index) }.prefix(count))
        }
    }

    private mutating func consider(_ place: Place, _ count: Int) {
        if ranked.count == count {
            guard place.value > ranked[count - 1].value else { return }
            ranked.removeLast()
        }
        // Values come in the order of their classes: stopping at an equal keeps the lower class first.
        var position = ranked.count
        while position > 0, place.value > ranked[position - 1].value { position -= 1 }
        ranked.insert(place, at: position)
    }
}
