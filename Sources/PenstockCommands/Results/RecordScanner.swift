internal import Glibc
internal import Penstock
internal import PenstockCore

/// Reads back a file of results that was cut off, to see which items it has and where its last whole record ends.
struct RecordScanner {
    /// What the file holds.
    struct Finding {
        var items = RecordedItems()
        /// The length of the part that is whole; what follows was being written when the job died.
        var wholeLength = 0
        /// Records that are errors.
        var failures = 0
    }

    private let form: RecordForm
    private let name: FilePath

    init(_ form: RecordForm, name: FilePath) {
        self.form = form
        self.name = name
    }

    /// Reads an open file from its beginning.
    ///
    /// - Parameter isComplete: Whether the job came to its end, so that records count which otherwise wait for others.
    func scan(descriptor: Int32, isComplete: Bool) throws(PenstockError) -> Finding {
        var pass = Pass(form)
        lseek(descriptor, 0, SEEK_SET)
        while true {
            let chunk = try Descriptor.read(descriptor, upTo: 1 << 16, path: name)
            if chunk.isEmpty { break }
            for byte in chunk where !pass.take(byte) { throw damaged(pass.finding) }
        }
        guard !isComplete || pass.settle() else { throw damaged(pass.finding) }
        return pass.finding
    }

    private func damaged(_ finding: Finding) -> PenstockError {
        PenstockError(
            .corrupt,
            at: .configure,
            "\(name) cannot be resumed: what follows byte \(finding.wholeLength) was not written by this job. "
                + "Remove it and start again without --resume."
        )
    }
}

/// One walk through a file of results.
private struct Pass {
    private let form: RecordForm
    private(set) var finding = RecordScanner.Finding()
    private var record: [UInt8] = []
    private var isQuoted = false
    private var isFirst = true
    /// Records that count only once something follows that is not of the same video: until then it is not finished.
    private var pending: [RecordedLine] = []
    private var pendingLength = 0
    /// What the rows that have come so far say of an item that has one for each model.
    private var rows: RecordedLine?

    init(_ form: RecordForm) {
        self.form = form
    }

    /// Takes the next byte; false when the record that it ends is not one of the job's.
    mutating func take(_ byte: UInt8) -> Bool {
        record.append(byte)
        if form.quotesLines, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
        guard byte == 0x0A, !isQuoted else { return true }
        defer {
            record.removeAll(keepingCapacity: true)
            isFirst = false
        }
        if isFirst, form.hasHeader {
            finding.wholeLength += record.count
            return true
        }
        return form.read(record.dropLast()).map { addRow($0) } ?? false
    }

    /// Joins the rows of an item, which count only once all are there; false when one does not follow the one before it.
    private mutating func addRow(_ line: RecordedLine) -> Bool {
        guard let row = line.row else { return rows == nil && add(line) }
        guard row == (rows?.row ?? -1) + 1 else { return false }
        var joined = line
        if let rows {
            guard (line.index, line.source) == (rows.index, rows.source) else { return false }
            joined.isFailure = line.isFailure || rows.isFailure
        }
        rows = row + 1 == form.rowsPerItem ? nil : joined
        if rows == nil { return add(joined) }
        pendingLength += record.count
        return true
    }

    private mutating func add(_ line: RecordedLine) -> Bool {
        let isOfVideo = line.isOfUnfinishedVideo || line.frames != nil
        if let first = pending.first, !isOfVideo || line.source != first.source {
            guard settle() else { return false }
        }
        pending.append(line)
        pendingLength += record.count
        return line.isOfUnfinishedVideo || settle()
    }

    /// Counts the records that wait; false when an item among them has been counted before.
    mutating func settle() -> Bool {
        guard rows == nil else { return false }
        // What is told of a video comes after its frames that failed.
        let first = pending.first?.index ?? 0
        for line in pending {
            guard finding.items.insert(line) else { return false }
            if let frames = line.frames {
                finding.items.insertVideo(at: min(first, line.index), count: frames + pending.count - 1)
            }
            finding.failures += line.isFailure ? line.frames ?? 1 : 0
        }
        finding.wholeLength += pendingLength
        (pending, pendingLength) = ([], 0)
        return true
    }
}

extension RecordedItems {
    /// Records the items that a line tells of; false where the first has been told of before.
    ///
    /// A line that tells of several tells of those, from its own on, that have no line of their own.
    mutating func insert(_ line: RecordedLine) -> Bool {
        guard let frames = line.frames else { return insert(line.index, line.source) }
        return insert(frames, from: line.index, line.source)
    }

    private mutating func insert(_ count: Int, from first: Int, _ source: FilePath) -> Bool {
        var (index, rest) = (first, count)
        while rest > 0 {
            if insert(index, source) { rest -= 1 }
            index += 1
        }
        return true
    }
}
