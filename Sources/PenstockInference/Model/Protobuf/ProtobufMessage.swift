internal import PenstockCore

/// A message of a protocol buffer: a range of a file, whose fields are read in the order in which they stand.
///
/// Nothing is read ahead: a message is a place in the file, so that of a model of a gigabyte only the few pages that hold
/// names are looked at. Every length is checked against the message around it.
struct ProtobufMessage {
    /// The file that holds the message.
    let file: MappedFile
    /// The message's bytes.
    let range: Range<Int>

    /// The message that fills a file.
    init(_ file: MappedFile) {
        self.init(file, 0..<file.count)
    }

    init(_ file: MappedFile, _ range: Range<Int>) {
        self.file = file
        self.range = range
    }

    /// The fields, from the first.
    var fields: ProtobufFields { ProtobufFields(self) }
}

extension ProtobufMessage {
    /// The most values of one field, and the most bytes of one text, that are believed. Models have a few of each.
    private static let mostValues = 1 << 16

    /// What is thrown for anything that is not a protocol buffer.
    static var damaged: PenstockError {
        PenstockError(.corrupt, at: .configure, "The model's protocol buffer is damaged or cut short.")
    }

    /// The messages of a field, in order.
    func messages(_ number: Int) throws(PenstockError) -> [ProtobufMessage] {
        try ranges(number).map { ProtobufMessage(file, $0) }
    }

    /// The message of a field; `nil` where there is none. Where there are several, the last counts.
    func message(_ number: Int) throws(PenstockError) -> ProtobufMessage? {
        try messages(number).last
    }

    /// The texts of a field, in order.
    func strings(_ number: Int) throws(PenstockError) -> [String] {
        var strings: [String] = []
        for range in try ranges(number) {
            guard range.count <= Self.mostValues, let bytes = file.bytes(range) else { throw Self.damaged }
            strings.append(String(decoding: bytes, as: UTF8.self))
        }
        return strings
    }

    /// The text of a field; empty where there is none.
    func string(_ number: Int) throws(PenstockError) -> String {
        try strings(number).last ?? ""
    }

    /// The number of a field; 0 where there is none.
    func integer(_ number: Int) throws(PenstockError) -> Int64 {
        var found: Int64 = 0
        var fields = fields
        while let field = try fields.next() {
            if field.number == number, case .integer(let value) = field.value { found = Int64(bitPattern: value) }
        }
        return found
    }

    private func ranges(_ number: Int) throws(PenstockError) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var fields = fields
        while let field = try fields.next() {
            guard field.number == number, case .bytes(let range) = field.value else { continue }
            guard found.count < Self.mostValues else { throw Self.damaged }
            found.append(range)
        }
        return found
    }
}
