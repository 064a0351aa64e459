internal import PenstockCore

/// Writes a JSON object member by member.
struct JSONObjectText {
    private var bytes: [UInt8] = []

    /// The whole object.
    var text: String { "{" + String(decoding: bytes, as: UTF8.self) + "}" }

    /// Adds a member that is a string.
    mutating func add(_ name: String, _ value: String) {
        addName(name)
        bytes.appendJSON(value)
    }

    /// Adds a member whose value is JSON already.
    mutating func add(_ name: String, raw value: String) {
        addName(name)
        bytes += value.utf8
    }

    private mutating func addName(_ name: String) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.appendJSON(name)
        bytes.append(UInt8(ascii: ":"))
    }
}
