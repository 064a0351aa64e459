internal import PenstockCore

/// Walks over one line of JSON, strictly and without building values.
struct JSONLineScanner {
    private let bytes: [UInt8]
    private var position = 0

    init(_ line: some Collection<UInt8>) {
        bytes = Array(line)
    }

    /// Whether everything has been taken.
    var isAtEnd: Bool { position == bytes.count }

    /// Takes exactly this text if it comes next.
    mutating func take(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    /// Takes a whole number.
    mutating func integer() -> Int? {
        Int(String(decoding: takeWhile { Self.isDigit($0) || $0 == UInt8(ascii: "-") }, as: UTF8.self))
    }

    /// Takes a string and gives its bytes, without escapes.
    mutating func string() -> [UInt8]? {
        guard take("\"") else { return nil }
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self) == nil ? nil : text
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                text += String(Character(scalar)).utf8
            case ..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    /// Takes a member that is a path, and the one beside it that has its bytes where they are not text.
    mutating func path(_ name: String) -> FilePath? {
        guard take("\"\(name)\":"), let text = string() else { return nil }
        guard take(",\"\(name)Base64\":") else { return FilePath(bytes: text) }
        return string().flatMap { PathBase64.decode($0) }.map { FilePath(bytes: $0) }
    }

    /// Takes a value of any kind; false when it is not JSON.
    mutating func skipValue(depth: Int = 0) -> Bool {
        guard position < bytes.count, depth < 16 else { return false }
        switch bytes[position] {
        case UInt8(ascii: "\""): return string() != nil
        case UInt8(ascii: "{"): return skipList("{", "}", depth) { $0.string() != nil && $0.take(":") }
        case UInt8(ascii: "["): return skipList("[", "]", depth) { _ in true }
        default: return take("true") || take("false") || take("null") || skipNumber()
        }
    }

    private mutating func skipList(
        _ opening: String,
        _ closing: String,
        _ depth: Int,
        _ name: (inout JSONLineScanner) -> Bool
    ) -> Bool {
        guard take(opening) else { return false }
        if take(closing) { return true }
        repeat {
            guard name(&self), skipValue(depth: depth + 1) else { return false }
        } while take(",")
        return take(closing)
    }

    private mutating func skipNumber() -> Bool {
        let text = String(decoding: takeWhile { Self.isDigit($0) || "+-.eE".utf8.contains($0) }, as: UTF8.self)
        return Double(text)?.isFinite ?? false
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        position += 1
        switch bytes[position - 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "b"): return "\u{08}"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "f"): return "\u{0C}"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "u"): return controlCharacter()
        default: return nil
        }
    }

    /// The four digits after `\u`, which the formatter only writes for control characters.
    private mutating func controlCharacter() -> Unicode.Scalar? {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
            return nil
        }
        position += 4
        return value < 0x20 ? Unicode.Scalar(value) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private mutating func takeWhile(_ isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let taken = bytes[position...].prefix(while: isWanted)
        position = taken.endIndex
        return taken
    }
}
