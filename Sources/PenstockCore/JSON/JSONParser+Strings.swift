extension JSONParser {
    /// Reads a string; the present byte is its opening quote.
    mutating func string() throws(JSONFault) -> String {
        let start = position + 1
        position = start
        var escaped: [UInt8]?
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return try text(escaped ?? Array(bytes[start..<(position - 1)]), from: start)
            case UInt8(ascii: "\\"):
                // Most strings have no escape; only those that do are built a byte at a time.
                if escaped == nil { escaped = Array(bytes[start..<position]) }
                position += 1
                escaped?.append(contentsOf: try escape())
            case 0..<0x20:
                throw fault("a control character inside a string")
            default:
                escaped?.append(byte)
                position += 1
            }
        }
        throw fault("a string that does not end")
    }

    private func text(_ content: [UInt8], from start: Int) throws(JSONFault) -> String {
        guard let text = String(validating: content, as: UTF8.self) else {
            throw JSONFault(reason: "a string that is not UTF-8", offset: start)
        }
        return text
    }

    private mutating func escape() throws(JSONFault) -> [UInt8] {
        let character = peek
        position += 1
        switch character {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [character!]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try scalar()).utf8)
        default:
            position -= 1
            throw fault("an unknown escape")
        }
    }

    /// Reads the digits of `\u`, and those of the second half where the first is half of a surrogate pair.
    private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
        let start = position
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(UInt16(first)), take("\\"), take("u") else {
            throw JSONFault(reason: "half of a surrogate pair", offset: start)
        }
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(UInt16(second)),
            let scalar = Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF))
        else { throw JSONFault(reason: "half of a surrogate pair", offset: start) }
        return scalar
    }

    private mutating func codeUnit() throws(JSONFault) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("four hexadecimal digits were expected")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
