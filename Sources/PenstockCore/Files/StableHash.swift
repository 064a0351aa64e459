/// A hash of 64 bits that is the same in every process and on every machine.
///
/// It tells versions of a file apart; it does not withstand somebody who wants two to be alike.
package struct StableHash: Hashable, Sendable {
    /// The hash of what was combined so far.
    package private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Makes the hash of nothing.
    package init() {}

    /// Adds a word.
    package mutating func combine(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        value = product.high ^ product.low ^ word.byteSwapped &* 0xA076_1D64_78BD_642F
    }

    /// Adds bytes, and their number.
    package mutating func combine(_ bytes: some Collection<UInt8>) {
        combine(UInt64(bytes.count))
        var word: UInt64 = 0
        var filled: UInt64 = 0
        for byte in bytes {
            word |= UInt64(byte) << filled
            filled += 8
            if filled == 64 {
                combine(word)
                (word, filled) = (0, 0)
            }
        }
        if filled > 0 { combine(word) }
    }

    /// Adds text.
    package mutating func combine(_ text: String) {
        combine(Array(text.utf8))
    }
}

extension StableHash: CustomStringConvertible {
    /// Sixteen hexadecimal digits.
    package var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
