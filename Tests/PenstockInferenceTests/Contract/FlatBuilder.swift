/// Builds flatbuffers for tests: tables first, what they point to behind them.
indirect enum FlatNode {
    case uint8(UInt8)
    case uint32(UInt32)
    case table([Int: FlatNode])
    case tables([FlatNode])
    case string(String)
    case bytes([UInt8])
    case int32s([Int32])
    case int64s([Int64])
    case floats([Float])

    /// The whole flatbuffer with this table as its root.
    func flatbuffer(identifier: String) -> [UInt8] {
        var builder = FlatBuilder()
        builder.bytes = [0, 0, 0, 0] + Array(identifier.utf8)
        builder.append(self, patching: 0)
        return builder.bytes
    }
}

struct FlatBuilder {
    var bytes: [UInt8] = []

    /// Appends a node, and stores its offset where something points to it.
    mutating func append(_ node: FlatNode, patching place: Int) {
        while bytes.count % 4 != 0 { bytes.append(0) }
        switch node {
        case .uint8, .uint32: break
        case .table(let fields): appendTable(fields, patching: place)
        case .tables(let nodes):
            patch(place, with: bytes.count)
            let start = bytes.count + 4
            put(UInt32(nodes.count))
            bytes += [UInt8](repeating: 0, count: 4 * nodes.count)
            for (index, node) in nodes.enumerated() { append(node, patching: start + 4 * index) }
        case .string(let text): appendVector(Array(text.utf8), count: text.utf8.count, place)
        case .bytes(let content): appendVector(content, count: content.count, place)
        case .int32s(let values): appendVector(values.flatMap(Self.little), count: values.count, place)
        case .int64s(let values): appendVector(values.flatMap(Self.little), count: values.count, place)
        case .floats(let values):
            appendVector(values.map(\.bitPattern).flatMap(Self.little), count: values.count, place)
        }
    }

    private mutating func appendTable(_ fields: [Int: FlatNode], patching place: Int) {
        let count = (fields.keys.max() ?? -1) + 1
        let length = 4 + 2 * count
        for value in [UInt16(length), UInt16(4 + 4 * count)] { put(value) }
        for field in 0..<count { put(UInt16(fields[field] == nil ? 0 : 4 + 4 * field)) }
        while bytes.count % 4 != 0 { bytes.append(0) }
        let table = bytes.count
        patch(place, with: table)
        put(UInt32(table - (table - (length + 3) / 4 * 4)))
        bytes += [UInt8](repeating: 0, count: 4 * count)
        for (field, node) in fields.sorted(by: { $0.key < $1.key }) {
            let slot = table + 4 + 4 * field
            switch node {
            case .uint8(let value): bytes[slot] = value
            case .uint32(let value): bytes.replaceSubrange(slot..<(slot + 4), with: Self.little(value))
            default: append(node, patching: slot)
            }
        }
    }

    private mutating func appendVector(_ content: [UInt8], count: Int, _ place: Int) {
        patch(place, with: bytes.count)
        put(UInt32(count))
        bytes += content
    }

    private mutating func patch(_ place: Int, with target: Int) {
        bytes.replaceSubrange(place..<(place + 4), with: Self.little(UInt32(target - place)))
    }

    private mutating func put(_ value: some FixedWidthInteger) { bytes += Self.little(value) }

    static func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
