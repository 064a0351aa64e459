/// The order of names with versions in them: digits that stand together count as one number.
enum VersionOrder {
    /// Whether a name comes before another: `lib.so.1.9.0` before `lib.so.1.31.1`.
    static func precedes(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Bool {
        parts(left).lexicographicallyPrecedes(parts(right)) { $0.lexicographicallyPrecedes($1) }
    }

    /// Each number as its length and its digits, so that longer ones come later; each other byte by itself.
    private static func parts(_ name: some Sequence<UInt8>) -> [[UInt8]] {
        var parts: [[UInt8]] = []
        var number: [UInt8] = []
        for byte in name {
            if isDigit(byte) {
                number.append(byte)
            } else {
                if !number.isEmpty { parts.append(part(number)) }
                number = []
                parts.append([byte])
            }
        }
        return number.isEmpty ? parts : parts + [part(number)]
    }

    private static func part(_ number: [UInt8]) -> [UInt8] {
        let digits = number.drop { $0 == UInt8(ascii: "0") }
        return [UInt8(ascii: "0"), UInt8(clamping: digits.count)] + digits
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
