internal import PenstockCore

/// Writes events as a JSON object a line, times in seconds.
///
/// `label` is there where the class has one; `sourceBase64` where the path is not valid UTF-8.
struct JSONLinesEvents: EventFormatter {
    func appendHeader(to output: inout [UInt8]) {}

    func append(_ event: EventSegment, to output: inout [UInt8]) {
        output += "{\"source\":".utf8
        output.appendJSON(event.source.bytes)
        if !event.source.isText {
            output += ",\"sourceBase64\":\"".utf8
            PathBase64.append(event.source.bytes, to: &output)
            output += "\"".utf8
        }
        if let label = event.label { append("label", to: &output) { $0.appendJSON(label) } }
        append("class", to: &output) { $0.appendJSON(event.classIndex) }
        append("start", to: &output) { $0 += TimeText.seconds(event.start).utf8 }
        append("end", to: &output) { $0 += TimeText.seconds(event.end).utf8 }
        append("mean", to: &output) { $0.appendJSON(event.mean) }
        append("peak", to: &output) { $0.appendJSON(event.peak) }
        append("frames", to: &output) { $0.appendJSON(event.frames) }
        output += "}\n".utf8
    }

    private func append(_ name: String, to output: inout [UInt8], _ value: (inout [UInt8]) -> Void) {
        output += ",\"\(name)\":".utf8
        value(&output)
    }
}
