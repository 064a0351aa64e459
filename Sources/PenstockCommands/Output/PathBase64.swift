/// Base64 with padding, as RFC 4648 has it: how a path that is not text gets into a line of text.
package enum PathBase64 {
    /// Appends bytes in Base64.
    package static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                output.append(place <= group.count ? digits[value >> (18 - 6 * place) & 63] : pad)
            }
        }
    }

    /// The bytes that a text stands for; `nil` when it is not exactly what `append` writes.
    package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        var value = 0
        var bits = 0
        for digit in text.prefix(while: { $0 != pad }) {
            guard let six = digits.firstIndex(of: digit) else { return nil }
            (value, bits) = (value << 6 | six, bits + 6)
            guard bits >= 8 else { continue }
            bits -= 8
            bytes.append(UInt8(value >> bits & 255))
        }
        var again: [UInt8] = []
        append(bytes, to: &again)
        return again.elementsEqual(text) ? bytes : nil
    }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let pad = UInt8(ascii: "=")
}
