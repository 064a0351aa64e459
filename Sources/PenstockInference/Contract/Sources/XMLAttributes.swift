/// Reads the elements of a small piece of XML that carry a `value` attribute.
///
/// This is no XML parser: it follows tags and quoted attributes, passes over everything else, and never fails. That is
/// enough for the flat lists of settings that OpenVINO writes.
struct XMLAttributes {
    private let bytes: [UInt8]
    private var position = 0
    /// The values by element name.
    private(set) var values: [String: String] = [:]

    /// Reads the elements in the text.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        while let start = bytes[position...].firstIndex(of: UInt8(ascii: "<")) {
            position = start + 1
            element()
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func element() {
        let name = name()
        while let byte = peek, byte != UInt8(ascii: ">"), byte != UInt8(ascii: "<") {
            let start = position
            let attribute = self.name()
            if let value = quoted(), attribute == "value", !name.isEmpty { values[name] = value }
            if position == start { position += 1 }
        }
    }

    private mutating func name() -> String {
        let start = position
        while let byte = peek, !Self.ends.contains(byte) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// What ends a name.
    private static let ends = Set(" \t\r\n=/<>\"'?!".utf8)

    /// A value in either kind of quotes, if one follows.
    private mutating func quoted() -> String? {
        guard peek == UInt8(ascii: "=") else { return nil }
        position += 1
        guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let start = position + 1
        let end = bytes[start...].firstIndex(of: quote) ?? bytes.count
        position = min(end + 1, bytes.count)
        return Self.unescaped(bytes[start..<end])
    }

    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.contains("&") else { return text }
        let parts = text.split(separator: "&", omittingEmptySubsequences: false)
        return parts.dropFirst().reduce(String(parts[0])) { result, part in
            guard let end = part.firstIndex(of: ";"), let character = entity(part[..<end]) else {
                return result + "&" + part
            }
            return result + character + part[part.index(after: end)...]
        }
    }

    private static func entity(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return entities[String(name)] }
        let digits = name.dropFirst()
        let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map { String($0) }
    }
}
