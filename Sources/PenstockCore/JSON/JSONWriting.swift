extension [UInt8] {
    /// Appends a JSON string: quoted, and escaped where JSON asks for it.
    ///
    /// Everything that may stand as it is does: text stays UTF-8.
    package mutating func appendJSON(_ text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 { appendEscaped(byte) }
        append(UInt8(ascii: "\""))
    }

    /// Appends bytes as a JSON string, with U+FFFD in place of what is not UTF-8.
    package mutating func appendJSON(_ bytes: [UInt8]) {
        appendJSON(String(decoding: bytes, as: UTF8.self))
    }

    /// Appends an integer.
    package mutating func appendJSON(_ number: some FixedWidthInteger) {
        append(contentsOf: String(number).utf8)
    }

    /// Appends the shortest decimal that reads back as the same number, or `null` where JSON has none.
    package mutating func appendJSON(_ number: some BinaryFloatingPoint & LosslessStringConvertible) {
        append(contentsOf: number.isFinite ? Array(number.description.utf8) : Array("null".utf8))
    }

    /// Appends a truth value.
    package mutating func appendJSON(_ value: Bool) {
        append(contentsOf: value ? Array("true".utf8) : Array("false".utf8))
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(contentsOf: [0x5C, 0x22])
        case UInt8(ascii: "\\"): append(contentsOf: [0x5C, 0x5C])
        case 0x0A: append(contentsOf: [0x5C, UInt8(ascii: "n")])
        case 0x0D: append(contentsOf: [0x5C, UInt8(ascii: "r")])
        case 0x09: append(contentsOf: [0x5C, UInt8(ascii: "t")])
        case 0..<0x20:
            let hexadecimal = Array("0123456789abcdef".utf8)
            append(contentsOf: Array("\\u00".utf8))
            append(contentsOf: [hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]])
        default: append(byte)
        }
    }
}
