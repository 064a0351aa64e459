internal import PenstockCore

/// Writes events as comma-separated values (RFC 4180, lines ending in CR LF), times in seconds.
///
/// A line always is one event: control characters in names are written out as `\n`, `\x1B`. A source that this changes,
/// or that is not valid UTF-8, has its true bytes in `source_base64`.
struct CSVEvents: EventFormatter {
    static let columns = ["source", "class", "label", "start", "end", "mean", "peak", "frames", "source_base64"]

    func appendHeader(to output: inout [UInt8]) {
        output += (Self.columns.joined(separator: ",") + "\r\n").utf8
    }

    func append(_ event: EventSegment, to output: inout [UInt8]) {
        let source = VisibleText.escaped(event.source)
        output.appendCSV(source)
        output += ",\(event.classIndex),".utf8
        if let label = event.label { output.appendCSV(VisibleText.escaped(label)) }
        output += ",\(TimeText.seconds(event.start)),\(TimeText.seconds(event.end))".utf8
        output += ",\(event.mean),\(event.peak),\(event.frames),".utf8
        if !source.utf8.elementsEqual(event.source.bytes) { PathBase64.append(event.source.bytes, to: &output) }
        output += "\r\n".utf8
    }
}
