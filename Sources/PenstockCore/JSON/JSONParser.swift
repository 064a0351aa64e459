/// Reads JSON strictly: one document, as RFC 8259 has it, and nothing after it.
///
/// A byte order mark at the start is passed over, since editors leave one. Of members with the same name the last
/// counts. Nesting is bounded, so that no input exhausts the stack.
package struct JSONParser {
    /// How deep arrays and objects may nest.
    static let depthLimit = 128

    let bytes: [UInt8]
    var position = 0

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Parses a document.
    ///
    /// - Parameter name: What the bytes are, for the message: a path, usually.
    /// - Throws: When the bytes are not JSON, with the offset of the first that is wrong.
    package static func parse(_ bytes: [UInt8], name: String) throws(PenstockError) -> JSONValue {
        var parser = JSONParser(bytes)
        do {
            return try parser.document()
        } catch {
            let message = "\(name) is not valid JSON: \(error.reason) at byte \(error.offset)."
            throw PenstockError(.corrupt, at: .configure, message)
        }
    }
}

/// What is wrong with a document, and where.
struct JSONFault: Error {
    var reason: String
    var offset: Int
}

extension JSONParser {
    private mutating func document() throws(JSONFault) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw fault("more text after the end") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
        guard depth <= Self.depthLimit else { throw fault("more than \(Self.depthLimit) levels") }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw fault("the text ends too early")
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
        var members: [String: JSONValue] = [:]
        position += 1
        skipSpace()
        if take("}") { return .object(members) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw fault("a member's name was expected") }
            let name = try string()
            skipSpace()
            guard take(":") else { throw fault("':' was expected") }
            members[name] = try value(depth: depth + 1)
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw fault("',' or '}' was expected") }
        }
    }

    private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
        var elements: [JSONValue] = []
        position += 1
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw fault("',' or ']' was expected") }
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
        for character in word.description.utf8 {
            guard peek == character else { throw fault("'\(word)' was expected") }
            position += 1
        }
        return value
    }
}

extension JSONParser {
    /// The next byte, or `nil` at the end.
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Passes over the next byte if it is this one.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// A fault at the present position.
    func fault(_ reason: String) -> JSONFault { JSONFault(reason: reason, offset: position) }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}
