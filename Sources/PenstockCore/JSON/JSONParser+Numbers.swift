extension JSONParser {
    /// Reads a number in JSON's own grammar, which is narrower than Swift's.
    mutating func number() throws(JSONFault) -> Double {
        let start = position
        _ = take("-")
        if !take("0") { try digits("a value was expected") }
        if take(".") { try digits("a digit was expected") }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits("a digit was expected")
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard let value = Double(text), value.isFinite else {
            throw JSONFault(reason: "a number too large to hold", offset: start)
        }
        return value
    }

    private mutating func digits(_ reason: String) throws(JSONFault) {
        let start = position
        while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        guard position > start else { throw fault(reason) }
    }
}
