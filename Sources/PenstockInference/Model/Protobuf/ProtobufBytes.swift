/// Writes a message of a protocol buffer, field by field.
struct ProtobufBytes {
    /// The message so far.
    private(set) var bytes: [UInt8] = []

    /// Adds a number.
    mutating func add(_ number: Int, _ value: UInt64) {
        add(varint: UInt64(number) << 3)
        add(varint: value)
    }

    /// Adds a message within this one.
    mutating func add(_ number: Int, _ message: ProtobufBytes) {
        add(number, Array(message.bytes))
    }

    /// Adds a text.
    mutating func add(_ number: Int, _ text: String) {
        add(number, Array(text.utf8))
    }

    private mutating func add(_ number: Int, _ content: [UInt8]) {
        add(varint: UInt64(number) << 3 | 2)
        add(varint: UInt64(content.count))
        bytes += content
    }

    private mutating func add(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}
