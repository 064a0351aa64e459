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

    private let format: OutputFormat
    private let top: Int
    private let name: FilePath

    init(_ format: OutputFormat, top: Int, name: FilePath) {
        self.format = format
        self.top = top
        self.name = name
    }

    /// Reads an open file from its beginning.
    func scan(descriptor: Int32) throws(PenstockError) -> Finding {
        var finding = Finding()
        var record: [UInt8] = []
        var isQuoted = false
        var isFirst = true
        lseek(descriptor, 0, SEEK_SET)
        while true {
            let chunk = try Descriptor.read(descriptor, upTo: 1 << 16, path: name)
            if chunk.isEmpty { return finding }
            for byte in chunk {
                record.append(byte)
                // A field of CSV may hold line ends between quotes.
                if format == .csv, byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                guard byte == 0x0A, !isQuoted else { continue }
                try take(record, isHeader: isFirst && format == .csv, into: &finding)
                record.removeAll(keepingCapacity: true)
                isFirst = false
            }
        }
    }

    private func take(_ record: [UInt8], isHeader: Bool, into finding: inout Finding) throws(PenstockError) {
        if !isHeader {
            guard let line = recorded(record.dropLast()) else { throw damaged(finding) }
            guard finding.items.insert(line.index, line.source) else { throw damaged(finding) }
            finding.failures += line.isFailure ? 1 : 0
        }
        finding.wholeLength += record.count
    }

    private func recorded(_ line: ArraySlice<UInt8>) -> RecordedLine? {
        format == .csv ? RecordedLine(csvLine: line, top: top) : RecordedLine(jsonLine: line)
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
