/// Cuts a reference into its records, a byte at a time: JSON objects, a line each or not, in an array or not; or lines
/// of comma-separated values.
struct RecordSplitter {
    /// The form of a reference.
    enum Form {
        /// JSON objects one after the other, or the elements of one array.
        case json
        /// Comma-separated values under a line of names.
        case csv
    }

    /// What a byte brought about.
    enum Step: Equatable {
        /// The record goes on.
        case more
        /// The record that began at `start` is whole.
        case whole
        /// Something stands where no record can.
        case stray
    }

    /// Where the present record began.
    private(set) var start = 0
    /// The line on which it began, from 1.
    private(set) var startLine = 1
    /// The present record's bytes.
    private(set) var record: [UInt8] = []

    private let form: Form
    private var position: Int
    private var line = 1
    private var depth = 0
    private var isQuoted = false
    private var isEscaped = false
    private var isArray = false

    /// The most bytes that a record may have: scores of some 100,000 classes.
    static let limit = 4 << 20

    /// Begins at a record, or at the beginning.
    init(_ form: Form, at position: Int = 0) {
        self.form = form
        self.position = position
        start = position
    }

    /// Why the present record is not whole.
    var fault: ReferenceFault {
        record.count < Self.limit
            ? ReferenceFault("it is cut short, or no object")
            : ReferenceFault("it has more than \(Self.limit >> 20) MiB, which is the most that a record may have")
    }

    /// Takes the next byte.
    mutating func take(_ byte: UInt8) -> Step {
        defer {
            position += 1
            if byte == newline { line += 1 }
        }
        guard record.count < Self.limit else { return .stray }
        return form == .json ? takeJSON(byte) : takeCSV(byte)
    }

    /// Ends the input; whole where a last record lacks nothing but its newline.
    mutating func end() -> Step {
        if record.isEmpty { return .more }
        return form == .csv && !isQuoted ? .whole : .stray
    }

    /// Forgets the record that was whole.
    mutating func clear() {
        record.removeAll(keepingCapacity: true)
    }

    private let newline: UInt8 = 0x0A
}

// MARK: - JSON

extension RecordSplitter {
    private mutating func takeJSON(_ byte: UInt8) -> Step {
        if depth == 0 { return takeBetween(byte) }
        record.append(byte)
        if isQuoted { return takeQuoted(byte) }
        switch byte {
        case UInt8(ascii: "\""): isQuoted = true
        case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
        return depth == 0 ? .whole : .more
    }

    /// No string of JSON goes over the end of a line: where one does, the line is cut short.
    private mutating func takeQuoted(_ byte: UInt8) -> Step {
        if byte == newline { return .stray }
        if !isEscaped, byte == UInt8(ascii: "\"") { isQuoted = false }
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        return .more
    }

    private mutating func takeBetween(_ byte: UInt8) -> Step {
        switch byte {
        case 0x20, 0x09, 0x0D, newline, UInt8(ascii: ","), UInt8(ascii: "]"): return .more
        // A byte order mark, which editors leave.
        case 0xEF, 0xBB, 0xBF: return position < 3 ? .more : .stray
        case UInt8(ascii: "[") where !isArray:
            isArray = true
            return .more
        default:
            begin(byte)
            depth = 1
            return byte == UInt8(ascii: "{") ? .more : .stray
        }
    }

    private mutating func begin(_ byte: UInt8) {
        (start, startLine) = (position, line)
        record.append(byte)
    }
}

// MARK: - CSV

extension RecordSplitter {
    private mutating func takeCSV(_ byte: UInt8) -> Step {
        if record.isEmpty {
            if byte == newline || byte == 0x0D { return .more }
            begin(byte)
        } else if byte != newline || isQuoted {
            record.append(byte)
        }
        if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        return byte == newline && !isQuoted ? .whole : .more
    }
}
