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
    /// How many frames of a video it tells of, from this one on; `nil` where it tells of one item.
    package var frames: Int?
    /// Whether it is about a frame of a video that is made anew unless it was finished.
    package var isOfUnfinishedVideo = false

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
        guard scanner.take("{"), let source = scanner.path("source") else { return nil }
        guard scanner.take(",\"index\":"), let index = scanner.integer(), Self.plausible.contains(index) else {
            return nil
        }
        // In the order in which the formatter writes them; each may be left out.
        for member in Self.optionalMembers {
            if scanner.take(",\"\(member)\":"), !scanner.skipValue() { return nil }
        }
        let isFailure = scanner.take(",\"error\":")
        guard isFailure || scanner.take(",\"top\":"), scanner.skipValue(), scanner.take("}"), scanner.isAtEnd else {
            return nil
        }
        self.init(index: index, source: source, isFailure: isFailure)
    }

    /// A job's items are numbered from 0, and remembered by a bit each: no number that is damaged may cost memory.
    static let plausible = 0...(1 << 32)

    private static let optionalMembers = [
        "frame", "time", "duration", "width", "height", "truncated", "damaged", "reused", "arrived", "latency",
    ]

    /// Reads a line of `CSVFormatter`; `nil` when it is damaged or is something else, such as the header.
    ///
    /// - Parameter top: The classes that a line has columns for.
    package init?(csvLine line: some Collection<UInt8>, top: Int) {
        guard let fields = CSVLine.fields(line), fields.count == CSVFormatter.fixedColumns.count + 3 * max(1, top)
        else {
            return nil
        }
        guard let index = Int(String(decoding: fields[1], as: UTF8.self)), Self.plausible.contains(index) else {
            return nil
        }
        let isFailure = !fields[CSVFormatter.place(of: "error_stage")].isEmpty
        guard isFailure || !fields[CSVFormatter.place(of: "width")].isEmpty else { return nil }
        let encoded = fields[CSVFormatter.place(of: "source_base64")]
        let source = encoded.isEmpty ? fields[0] : PathBase64.decode(encoded)
        guard let source, !source.isEmpty else { return nil }
        self.init(index: index, source: FilePath(bytes: source), isFailure: isFailure)
    }
}
