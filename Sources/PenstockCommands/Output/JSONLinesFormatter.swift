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
        output += "{".utf8
        output.appendPath("source", picture.source)
        if case .event(let event) = picture.outcome { return append(event, to: &output) }
        output += ",\"index\":".utf8
        output.appendJSON(picture.index)
        if let moment = picture.moment { output.appendMembers(of: moment) }
        if let size = picture.size { output.appendMembers(of: size) }
        appendCircumstances(of: picture, to: &output)
        output += ",".utf8
        if picture.answers.isEmpty {
            append(picture.failure, picture.top, to: &output)
        } else {
            append(picture.answers, to: &output)
        }
        output += "}\n".utf8
    }

    private func append(_ answers: [ClassifiedPicture.Answer], to output: inout [UInt8]) {
        output += "\"models\":{".utf8
        for (place, answer) in answers.enumerated() {
            if place > 0 { output += ",".utf8 }
            output.appendJSON(answer.model)
            output += ":{".utf8
            append(answer.failure, answer.top, to: &output)
            output += "}".utf8
        }
        output += "}".utf8
    }

    private func append(_ failure: PenstockError?, _ classes: [Classification], to output: inout [UInt8]) {
        if let failure { output.appendError(failure) } else { append(classes, to: &output) }
    }

    private func appendCircumstances(of picture: ClassifiedPicture, to output: inout [UInt8]) {
        if picture.isTruncated { output += ",\"truncated\":true".utf8 }
        if picture.isDamaged { output += ",\"damaged\":true".utf8 }
        if picture.isReused { output += ",\"reused\":true".utf8 }
        if let arrival = picture.arrival { output += ",\"arrived\":\"\(ClockText.utc(arrival))\"".utf8 }
        output.appendMember("latency", picture.latency)
    }

    private func append(_ event: StreamEvent, to output: inout [UInt8]) {
        output += ",\"event\":\"\(event.kind.rawValue)\"".utf8
        output.appendMember("time", event.time)
        output.appendMember("gap", event.gap)
        output += ",\"at\":\"\(ClockText.utc(event.wallClock))\",\"message\":".utf8
        output.appendJSON(event.message)
        output += "}\n".utf8
    }

    private func append(_ classes: [Classification], to output: inout [UInt8]) {
        output += "\"top\":[".utf8
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
}
