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
    /// Which of an item's lines it is, where an item has one for each of several models.
    package var row: Int?
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
        guard scanner.take(","), let isFailure = scanner.take("\"models\":{") ? scanner.answers() : scanner.answer(),
            scanner.take("}"), scanner.isAtEnd
        else { return nil }
        self.init(index: index, source: source, isFailure: isFailure)
    }

    /// A job's items are numbered from 0, and remembered by a bit each: no number that is damaged may cost memory.
    static let plausible = 0...(1 << 32)

    private static let optionalMembers = [
        "frame", "time", "duration", "width", "height", "truncated", "damaged", "reused", "arrived", "latency",
    ]

    /// Reads a line of `CSVFormatter`; `nil` when it is damaged or is something else, such as the header.
    ///
    /// - Parameters:
    ///   - top: The classes that a line has columns for.
    ///   - models: The names of several models, each of which has a line of an item that was loaded.
    package init?(csvLine line: some Collection<UInt8>, top: Int, models: [String] = []) {
        let fixed = CSVFormatter.fixedColumns.count + (models.isEmpty ? 0 : 1)
        guard let fields = CSVLine.fields(line), fields.count == fixed + 3 * max(1, top) else { return nil }
        guard let index = Int(String(decoding: fields[1], as: UTF8.self)), Self.plausible.contains(index) else {
            return nil
        }
        let isFailure = !fields[CSVFormatter.place(of: "error_stage")].isEmpty
        guard isFailure || !fields[CSVFormatter.place(of: "width")].isEmpty else { return nil }
        let encoded = fields[CSVFormatter.place(of: "source_base64")]
        let source = encoded.isEmpty ? fields[0] : PathBase64.decode(encoded)
        guard let source, !source.isEmpty else { return nil }
        self.init(index: index, source: FilePath(bytes: source), isFailure: isFailure)
        if models.isEmpty { return }
        row = models.firstIndex(of: String(decoding: fields[fixed - 1], as: UTF8.self))
        // Without a model it is about a picture that no model has seen.
        guard row != nil || isFailure && fields[fixed - 1].isEmpty else { return nil }
    }
}

extension JSONLineScanner {
    /// Takes what a model says, and tells whether it failed; `nil` when it is something else.
    fileprivate mutating func answer() -> Bool? {
        let isFailure = take("\"error\":")
        return (isFailure || take("\"top\":")) && skipValue() ? isFailure : nil
    }

    /// Takes what several models say up to the closing brace, and tells whether any failed.
    fileprivate mutating func answers() -> Bool? {
        var isFailure = false
        repeat {
            guard string() != nil, take(":{"), let answer = answer(), take("}") else { return nil }
            isFailure = isFailure || answer
        } while take(",")
        return take("}") ? isFailure : nil
    }
}
