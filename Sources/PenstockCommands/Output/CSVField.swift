extension [UInt8] {
    /// Appends a field of comma-separated values, in quotation marks where it needs them.
    mutating func appendCSV(_ text: String) {
        let comma = UInt8(ascii: ",")
        let quote = UInt8(ascii: "\"")
        let needsQuotes = text.utf8.contains { $0 == comma || $0 == quote || $0 < 0x20 }
        // Spaces at either end are data, which several programs strip unless they are quoted.
        guard needsQuotes || text.hasPrefix(" ") || text.hasSuffix(" ") else {
            self += text.utf8
            return
        }
        append(quote)
        for byte in text.utf8 {
            if byte == quote { append(quote) }
            append(byte)
        }
        append(quote)
    }
}
