package import Penstock
internal import PenstockCore
internal import PenstockVideo

/// Writes a JSON object a line, one line an item.
///
/// `source` always is text. Where the path is not valid UTF-8 it holds U+FFFD, and `sourceBase64` has the true bytes.
package struct JSONLinesFormatter: ResultFormatter {
    /// Makes a formatter.
    package init() {}

    package func appendHeader(to output: inout [UInt8]) {}

    package func append(_ picture: ClassifiedPicture, to output: inout [UInt8]) {
        appendSource(picture.source, to: &output)
        if case .event(let event) = picture.outcome { return append(event, to: &output) }
        output += ",\"index\":".utf8
        output.appendJSON(picture.index)
        if let moment = picture.moment { append(moment, to: &output) }
        if let size = picture.size { append(size, to: &output) }
        appendCircumstances(of: picture, to: &output)
        switch picture.outcome {
        case .classified(let classes): append(classes, to: &output)
        case .failed(let error): append(error, to: &output)
        case .event: break
        }
        output += "}\n".utf8
    }

    private func append(_ moment: FrameMoment, to output: inout [UInt8]) {
        output += ",\"frame\":".utf8
        output.appendJSON(moment.frame)
        append("time", moment.time, to: &output)
        append("duration", moment.duration, to: &output)
    }

    private func appendCircumstances(of picture: ClassifiedPicture, to output: inout [UInt8]) {
        if picture.isTruncated { output += ",\"truncated\":true".utf8 }
        if picture.isDamaged { output += ",\"damaged\":true".utf8 }
        if picture.isReused { output += ",\"reused\":true".utf8 }
        if let arrival = picture.arrival { output += ",\"arrived\":\"\(ClockText.utc(arrival))\"".utf8 }
        append("latency", picture.latency, to: &output)
    }

    private func append(_ event: StreamEvent, to output: inout [UInt8]) {
        output += ",\"event\":\"\(event.kind.rawValue)\"".utf8
        append("time", event.time, to: &output)
        append("gap", event.gap, to: &output)
        output += ",\"at\":\"\(ClockText.utc(event.wallClock))\",\"message\":".utf8
        output.appendJSON(event.message)
        output += "}\n".utf8
    }

    private func append(_ name: String, _ duration: Duration?, to output: inout [UInt8]) {
        guard let duration else { return }
        output += ",\"\(name)\":\(TimeText.seconds(duration))".utf8
    }

    private func appendSource(_ source: FilePath, to output: inout [UInt8]) {
        output += "{\"source\":".utf8
        output.appendJSON(source.bytes)
        guard !source.isText else { return }
        output += ",\"sourceBase64\":\"".utf8
        PathBase64.append(source.bytes, to: &output)
        output += "\"".utf8
    }

    private func append(_ size: ImageSize, to output: inout [UInt8]) {
        output += ",\"width\":".utf8
        output.appendJSON(size.width)
        output += ",\"height\":".utf8
        output.appendJSON(size.height)
    }

    private func append(_ classes: [Classification], to output: inout [UInt8]) {
        output += ",\"top\":[".utf8
        for (place, item) in classes.enumerated() {
            if place > 0 { output += ",".utf8 }
            append(item, to: &output)
        }
        output += "]".utf8
    }

    private func append(_ item: Classification, to output: inout [UInt8]) {
        output += "{\"class\":".utf8
        output.appendJSON(item.classIndex)
        if let label = item.label {
            output += ",\"label\":".utf8
            output.appendJSON(label)
        }
        output += ",\"score\":".utf8
        output.appendJSON(item.score)
        output += "}".utf8
    }

    private func append(_ error: PenstockError, to output: inout [UInt8]) {
        output += ",\"error\":{\"stage\":".utf8
        output.appendJSON(error.stage.rawValue)
        output += ",\"message\":".utf8
        output.appendJSON(error.message)
        output += "}".utf8
    }
}
