/// Takes a line of comma-separated values apart.
enum CSVLine {
    /// The fields, without their quotation marks; `nil` when the quoting is broken. A closing CR is left out.
    static func fields(_ line: some Collection<UInt8>) -> [[UInt8]]? {
        var bytes = Array(line)
        if bytes.last == 0x0D { bytes.removeLast() }
        var rest = bytes[...]
        var fields: [[UInt8]] = []
        while true {
            guard let field = rest.first == quote ? quoted(&rest) : plain(&rest) else { return nil }
            fields.append(field)
            if rest.isEmpty { return fields }
            guard rest.removeFirst() == comma else { return nil }
        }
    }

    private static func plain(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        let field = rest.prefix { $0 != comma }
        rest = rest.dropFirst(field.count)
        return field.contains { $0 == quote || $0 < 0x20 } ? nil : Array(field)
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        rest.removeFirst()
        var field: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte != quote {
                field.append(byte)
            } else if rest.first == quote {
                field.append(byte)
                rest.removeFirst()
            } else {
                return field
            }
        }
        return nil
    }

    private static let comma = UInt8(ascii: ",")
    private static let quote = UInt8(ascii: "\"")
}
