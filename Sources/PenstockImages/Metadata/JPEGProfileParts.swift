/// Puts a profile together that a JPEG holds in several segments, which may come in any order.
struct JPEGProfileParts {
    /// Where each part's bytes are, by its number.
    private var places: [Int: Range<Int>] = [:]
    /// How many parts each says that there are.
    private var expected: Int?
    private var isDamaged = false

    private static let mark: StaticString = "ICC_PROFILE\0"
    /// The mark, the part's number, and how many there are.
    private static let headerBytes = 14

    /// Takes the content of an APP2 segment, if it is a part.
    mutating func take(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        guard bytes.has(Self.mark, at: start), start + Self.headerBytes <= end else { return }
        let number = Int(bytes[start + 12])
        let count = Int(bytes[start + 13])
        let isRepeated = places[number] != nil
        isDamaged = isDamaged || isRepeated || number == 0 || number > count || count != expected ?? count
        expected = count
        places[number] = start + Self.headerBytes..<end
    }

    /// The profile, if every part was there once.
    func profile(_ bytes: Span<UInt8>) -> [UInt8]? {
        guard let expected, !isDamaged, places.count == expected else { return nil }
        guard places.values.reduce(0, { $0 + $1.count }) <= ColorProfile.mostBytes else { return nil }
        var profile: [UInt8] = []
        for number in 1...expected {
            guard let place = places[number] else { return nil }
            profile += bytes.copy(from: place.lowerBound, to: place.upperBound) ?? []
        }
        return profile
    }
}
