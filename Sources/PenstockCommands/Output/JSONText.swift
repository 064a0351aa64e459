/// Appends JSON to bytes: small, without Foundation, and the same bytes every time.
enum JSONText {
    /// Appends a string with its quotation marks; what is not UTF-8 becomes U+FFFD.
    static func append(string bytes: some Collection<UInt8>, to output: inout [UInt8]) {
        // Escapes only touch ASCII, so valid text passes through byte by byte.
        if String(validating: bytes, as: UTF8.self) != nil {
            appendValid(bytes, to: &output)
        } else {
            appendValid(String(decoding: bytes, as: UTF8.self).utf8, to: &output)
        }
    }

    /// Appends a string with its quotation marks.
    static func append(string text: String, to output: inout [UInt8]) {
        appendValid(text.utf8, to: &output)
    }

    /// Appends the shortest decimal that reads back as the same number; `null` for what JSON cannot say.
    static func append(_ number: Float, to output: inout [UInt8]) {
        output += number.isFinite ? Array(number.description.utf8) : null
    }

    /// Appends the shortest decimal that reads back as the same number; `null` for what JSON cannot say.
    static func append(_ number: Double, to output: inout [UInt8]) {
        output += number.isFinite ? Array(number.description.utf8) : null
    }

    /// Appends a whole number.
    static func append(_ number: Int, to output: inout [UInt8]) {
        output += number.description.utf8
    }

    /// Appends text that already is JSON: punctuation and names known to need no escape.
    static func append(raw text: StaticString, to output: inout [UInt8]) {
        // The compiler keeps the bytes of a literal for the life of the program.
        text.withUTF8Buffer { unsafe output.append(contentsOf: $0) }
    }

    private static let null = Array("null".utf8)

    private static func appendValid(_ bytes: some Collection<UInt8>, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in bytes {
            if byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
                output.append(byte)
            } else {
                appendEscape(byte, to: &output)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    private static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""): append(raw: "\\\"", to: &output)
        case UInt8(ascii: "\\"): append(raw: "\\\\", to: &output)
        case 0x08: append(raw: "\\b", to: &output)
        case 0x09: append(raw: "\\t", to: &output)
        case 0x0A: append(raw: "\\n", to: &output)
        case 0x0C: append(raw: "\\f", to: &output)
        case 0x0D: append(raw: "\\r", to: &output)
        default:
            append(raw: "\\u00", to: &output)
            output.append(hexadecimal[Int(byte >> 4)])
            output.append(hexadecimal[Int(byte & 15)])
        }
    }

    private static let hexadecimal = Array("0123456789abcdef".utf8)
}
