/// Base64 as RFC 4648 has it, with padding: how results carry bytes that are not text.
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The bytes as text of four characters for every three bytes.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            text += quartet(group)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func quartet(_ group: ArraySlice<UInt8>) -> [UInt8] {
        let padded = Array(group) + [UInt8](repeating: 0, count: 3 - group.count)
        let bits = UInt32(padded[0]) << 16 | UInt32(padded[1]) << 8 | UInt32(padded[2])
        return (0..<4).map { $0 <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * $0)) & 63] : UInt8(ascii: "=") }
    }
}
