internal import PenstockCore

/// A table of a flatbuffer, read field by field with every offset checked.
///
/// Positions are absolute within the file. A flatbuffer that is itself the content of a vector is read through `base`:
/// its offsets are relative, so nothing else changes.
struct FlatTable {
    private let file: MappedFile
    private let position: Int
    private let fields: Int
    private let fieldBytes: Int

    /// The root table of the flatbuffer that begins at `base`.
    init(rootOf file: MappedFile, base: Int = 0) throws(PenstockError) {
        try self.init(file, at: try Self.followed(file, base))
    }

    private init(_ file: MappedFile, at position: Int) throws(PenstockError) {
        let back = try Self.loaded(file.integer(at: position, as: Int32.self))
        let fields = position - Int(back)
        fieldBytes = Int(try Self.loaded(file.integer(at: fields, as: UInt16.self)))
        self.file = file
        self.position = position
        self.fields = fields
    }

    /// What is thrown for anything outside the file.
    static var damaged: PenstockError {
        PenstockError(.corrupt, at: .configure, "The model's flatbuffer points outside the file: it is damaged.")
    }

    private static func loaded<Value>(_ value: Value?) throws(PenstockError) -> Value {
        guard let value else { throw damaged }
        return value
    }

    /// Where the offset that is stored at a position leads.
    private static func followed(_ file: MappedFile, _ position: Int) throws(PenstockError) -> Int {
        position + Int(try loaded(file.integer(at: position, as: UInt32.self)))
    }

    /// Where a field is stored; `nil` when the table leaves it out.
    private func place(_ field: Int) throws(PenstockError) -> Int? {
        let entry = 4 + 2 * field
        guard entry + 2 <= fieldBytes else { return nil }
        let offset = try Self.loaded(file.integer(at: fields + entry, as: UInt16.self))
        return offset == 0 ? nil : position + Int(offset)
    }
}

extension FlatTable {
    /// An integer; `nil` when the table leaves the field out, which means the schema's default.
    func integer<Value: FixedWidthInteger>(_ field: Int, as type: Value.Type) throws(PenstockError) -> Value? {
        guard let place = try place(field) else { return nil }
        return try Self.loaded(file.integer(at: place, as: type))
    }

    /// A table within this one.
    func table(_ field: Int) throws(PenstockError) -> FlatTable? {
        guard let place = try place(field) else { return nil }
        return try FlatTable(file, at: try Self.followed(file, place))
    }

    /// The tables of a vector.
    func tables(_ field: Int) throws(PenstockError) -> [FlatTable] {
        guard let vector = try vector(field, elementBytes: 4) else { return [] }
        var tables: [FlatTable] = []
        for place in stride(from: vector.start, to: vector.start + 4 * vector.count, by: 4) {
            tables.append(try FlatTable(file, at: try Self.followed(file, place)))
        }
        return tables
    }

    /// One table of a vector; `nil` when there are not so many.
    func table(_ index: Int, of field: Int) throws(PenstockError) -> FlatTable? {
        guard let vector = try vector(field, elementBytes: 4), index >= 0, index < vector.count else { return nil }
        return try FlatTable(file, at: try Self.followed(file, vector.start + 4 * index))
    }

    /// The integers of a vector.
    func integers<Value: FixedWidthInteger>(_ field: Int, as type: Value.Type) throws(PenstockError) -> [Value] {
        let size = MemoryLayout<Value>.size
        guard let vector = try vector(field, elementBytes: size) else { return [] }
        var values: [Value] = []
        for index in 0..<vector.count {
            values.append(try Self.loaded(file.integer(at: vector.start + size * index, as: type)))
        }
        return values
    }

    /// The single-precision numbers of a vector.
    func floats(_ field: Int) throws(PenstockError) -> [Float] {
        try integers(field, as: UInt32.self).map { Float(bitPattern: $0) }
    }

    /// A text.
    func string(_ field: Int) throws(PenstockError) -> String? {
        guard let vector = try vector(field, elementBytes: 1) else { return nil }
        let bytes = try Self.loaded(file.bytes(vector.start..<(vector.start + vector.count)))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The flatbuffer that a vector of bytes holds.
    func nested(_ field: Int) throws(PenstockError) -> FlatTable? {
        guard let vector = try vector(field, elementBytes: 1), vector.count >= 8 else { return nil }
        return try FlatTable(rootOf: file, base: vector.start)
    }

    /// Where a vector's elements start, and how many there are; all of them lie within the file.
    private func vector(_ field: Int, elementBytes: Int) throws(PenstockError) -> (start: Int, count: Int)? {
        guard let place = try place(field) else { return nil }
        let start = try Self.followed(file, place)
        let count = Int(try Self.loaded(file.integer(at: start, as: UInt32.self)))
        // A count of 32 bits times a few bytes cannot overflow an Int.
        guard start + 4 + count * elementBytes <= file.count else { throw Self.damaged }
        return (start + 4, count)
    }
}
