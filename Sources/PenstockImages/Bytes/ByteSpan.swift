/// Reading numbers out of bytes that may end anywhere: whatever lies outside is nil, never a trap.
extension Span<UInt8> {
    /// The byte at an offset.
    func byte(at offset: Int) -> UInt8? {
        offset >= 0 && offset < count ? self[offset] : nil
    }

    /// Two bytes, high first.
    func big16(at offset: Int) -> Int? {
        guard let high = byte(at: offset), let low = byte(at: offset + 1) else { return nil }
        return Int(high) << 8 | Int(low)
    }

    /// Two bytes, low first.
    func little16(at offset: Int) -> Int? {
        big16(at: offset).map { ($0 & 0xFF) << 8 | $0 >> 8 }
    }

    /// Three bytes, low first.
    func little24(at offset: Int) -> Int? {
        guard let low = little16(at: offset), let high = byte(at: offset + 2) else { return nil }
        return Int(high) << 16 | low
    }

    /// Four bytes, high first.
    func big32(at offset: Int) -> Int? {
        guard let high = big16(at: offset), let low = big16(at: offset + 2) else { return nil }
        return high << 16 | low
    }

    /// Four bytes, low first.
    func little32(at offset: Int) -> Int? {
        guard let low = little16(at: offset), let high = little16(at: offset + 2) else { return nil }
        return high << 16 | low
    }

    /// Whether the bytes begin with these.
    func starts(with first: UInt8...) -> Bool {
        count >= first.count && first.indices.allSatisfy { self[$0] == first[$0] }
    }

    /// Whether the text stands at an offset.
    func has(_ text: StaticString, at offset: Int) -> Bool {
        guard offset >= 0, text.utf8CodeUnitCount <= count - offset else { return false }
        for index in 0..<text.utf8CodeUnitCount {
            // A static string's bytes are constants of the program, and `index` stays below their count.
            guard unsafe self[offset + index] == text.utf8Start[index] else { return false }
        }
        return true
    }

    /// Where the text first stands, from `start` up to `end`.
    func firstOffset(of text: StaticString, from start: Int, to end: Int) -> Int? {
        let last = Swift.min(end, count) - text.utf8CodeUnitCount
        guard start >= 0, start <= last else { return nil }
        return (start...last).first { has(text, at: $0) }
    }

    /// A copy of the bytes from `start` up to `end`; nil where some of them are not there.
    func copy(from start: Int, to end: Int) -> [UInt8]? {
        guard start >= 0, start <= end, end <= count else { return nil }
        // The array takes its copy before the span ends.
        return unsafe extracting(start..<end).withUnsafeBufferPointer { unsafe Array($0) }
    }
}
