internal import PenstockCore

/// A field of a message.
struct ProtobufField {
    /// What a field may hold.
    enum Value {
        /// A number of up to ten bytes.
        case integer(UInt64)
        /// Four or eight bytes, which nothing here looks into.
        case fixed
        /// A text, a message, or packed values.
        case bytes(Range<Int>)
    }

    /// The number by which the schema knows the field.
    let number: Int
    let value: Value
}

/// Reads the fields of a message one after the other.
struct ProtobufFields {
    private let file: MappedFile
    private let end: Int
    private var position: Int

    /// Begins at the first field of a message.
    init(_ message: ProtobufMessage) {
        file = message.file
        position = message.range.lowerBound
        end = message.range.upperBound
    }

    /// The next field; `nil` at the end of the message.
    ///
    /// - Throws: When what follows is no field that lies within the message.
    mutating func next() throws(PenstockError) -> ProtobufField? {
        guard position < end else { return nil }
        let tag = try varint()
        guard tag >> 3 > 0, let number = Int(exactly: tag >> 3) else { throw ProtobufMessage.damaged }
        return ProtobufField(number: number, value: try value(tag & 7))
    }

    private mutating func value(_ wireType: UInt64) throws(PenstockError) -> ProtobufField.Value {
        switch wireType {
        case 0:
            return .integer(try varint())
        case 1:
            _ = try skip(8)
            return .fixed
        case 2:
            let length = try varint()
            // What does not fit the rest of the message does not fit an Int's arithmetic either.
            guard length <= UInt64(end - position) else { throw ProtobufMessage.damaged }
            return .bytes(try skip(Int(length)))
        case 5:
            _ = try skip(4)
            return .fixed
        default:
            throw ProtobufMessage.damaged
        }
    }

    private mutating func skip(_ count: Int) throws(PenstockError) -> Range<Int> {
        guard count <= end - position else { throw ProtobufMessage.damaged }
        defer { position += count }
        return position..<(position + count)
    }

    /// Reads a number of at most ten bytes.
    private mutating func varint() throws(PenstockError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < end, let byte = file[position] else { throw ProtobufMessage.damaged }
            position += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw ProtobufMessage.damaged
    }
}
