package import PenstockCore

/// What a line that was written earlier says about its item: enough to go on after it.
///
/// Reading is strict. A line is taken only when all of it is as the formatter writes it, so that a damaged line
/// is never believed. The caller passes lines whose newline was there, without that newline.
package struct RecordedLine: Hashable, Sendable {
    /// The item's place in the job.
    package var index: Int
    /// The item's path, every byte as it was.
    package var source: FilePath
    /// Whether the item ended in an error.
    package var isFailure: Bool

    /// Makes a record.
    package init(index: Int, source: FilePath, isFailure: Bool) {
        self.index = index
        self.source = source
        self.isFailure = isFailure
    }
}

extension RecordedLine {
    /// Reads a line of `JSONLinesFormatter`; `nil` when it is damaged or is something else.
    package init?(jsonLine line: some Collection<UInt8>) {
        var scanner = JSONLineScanner(line)
        guard scanner.take("{\"source\":"), let text = scanner.string() else { return nil }
        var source = text
        if scanner.take(",\"sourceBase64\":") {
            guard let encoded = scanner.string(), let bytes = PathBase64.decode(encoded) else { return nil }
            source = bytes
        }
        guard scanner.take(",\"index\":"), let index = scanner.integer(), index >= 0 else { return nil }
        if scanner.take(",\"width\":") {
            guard scanner.integer() != nil, scanner.take(",\"height\":"), scanner.integer() != nil else { return nil }
        }
        _ = scanner.take(",\"truncated\":true")
        let isFailure = scanner.take(",\"error\":")
        guard isFailure || scanner.take(",\"top\":"), scanner.skipValue(), scanner.take("}"), scanner.isAtEnd else {
            return nil
        }
        self.init(index: index, source: FilePath(bytes: source), isFailure: isFailure)
    }

    /// Reads a line of `CSVFormatter`; `nil` when it is damaged or is something else, such as the header.
    ///
    /// - Parameter top: The classes that a line has columns for.
    package init?(csvLine line: some Collection<UInt8>, top: Int) {
        guard let fields = CSVLine.fields(line), fields.count == CSVFormatter.fixedColumns.count + 3 * max(1, top)
        else {
            return nil
        }
        guard let index = Int(String(decoding: fields[1], as: UTF8.self)), index >= 0 else { return nil }
        let isFailure = !fields[5].isEmpty
        guard isFailure || !fields[2].isEmpty else { return nil }
        let source = fields[7].isEmpty ? fields[0] : PathBase64.decode(fields[7])
        guard let source, !source.isEmpty else { return nil }
        self.init(index: index, source: FilePath(bytes: source), isFailure: isFailure)
    }
}
