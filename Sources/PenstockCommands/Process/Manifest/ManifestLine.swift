package import PenstockCore

/// What a line of a manifest that was written earlier says: enough to go on after it.
package struct ManifestLine: Hashable, Sendable {
    /// The item, or the items.
    package var record: RecordedLine
    /// The file below the job's folder, where there is one that the line vouches for.
    package var output: FilePath?
    /// Whether it is about one frame of a video, or about what comes after the last.
    package var isFrame: Bool
    /// How many bytes that file has.
    package var bytes: Int?
}

extension ManifestLine {
    /// Reads a line of `ManifestFormatter`, without its newline; `nil` when it is damaged or is something else.
    package init?(_ line: some Collection<UInt8>) {
        var scanner = JSONLineScanner(line)
        guard scanner.take("{"), let source = scanner.path("source"), scanner.take(",\"index\":"),
            let index = scanner.integer(), RecordedLine.plausible.contains(index)
        else { return nil }
        let isFrame = scanner.take(",\"frame\":")
        if isFrame, !scanner.skipValue() { return nil }
        for member in ["time", "duration"] where scanner.take(",\"\(member)\":") && !scanner.skipValue() { return nil }
        record = RecordedLine(index: index, source: source, isFailure: scanner.take(",\"error\":"))
        record.isOfUnfinishedVideo = record.isFailure && isFrame
        self.isFrame = isFrame
        guard record.isFailure ? scanner.skipValue() : takeFile(&scanner) else { return nil }
        if scanner.take(",\"frames\":"), !takeFrames(&scanner) { return nil }
        if scanner.take(",\"warning\":"), !scanner.skipValue() { return nil }
        guard scanner.take("}"), scanner.isAtEnd else { return nil }
    }

    private mutating func takeFile(_ scanner: inout JSONLineScanner) -> Bool {
        if scanner.take(",\"skipped\":true,") { return scanner.path("output") != nil }
        guard scanner.take(","), let output = scanner.path("output") else { return false }
        for member in ["width", "height"] {
            guard scanner.take(",\"\(member)\":"), scanner.integer() != nil else { return false }
        }
        guard scanner.take(",\"bytes\":"), let bytes = scanner.integer(), scanner.take(",\"checksum\":"),
            scanner.skipValue()
        else { return false }
        (self.output, self.bytes) = (output, bytes)
        return true
    }

    private mutating func takeFrames(_ scanner: inout JSONLineScanner) -> Bool {
        guard let frames = scanner.integer(), frames > 0, RecordedLine.plausible.contains(frames) else { return false }
        record.frames = frames
        return true
    }
}

extension RecordForm {
    /// The lines of a manifest.
    ///
    /// - Parameter videosAreWhole: Whether frames go into one file, so that those of one that was not finished are made
    ///   anew, the failed ones too.
    static func manifest(videosAreWhole: Bool) -> RecordForm {
        RecordForm(option: "--manifest") { line in
            var record = ManifestLine(line)?.record
            if !videosAreWhole { record?.isOfUnfinishedVideo = false }
            return record
        }
    }
}
