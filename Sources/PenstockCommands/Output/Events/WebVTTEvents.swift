internal import PenstockCore

/// Writes events as cues of WebVTT.
struct WebVTTEvents: EventFormatter {
    let namesSources: Bool

    func appendHeader(to output: inout [UInt8]) {
        output += "WEBVTT\n".utf8
    }

    func append(_ event: EventSegment, to output: inout [UInt8]) {
        let span = CueTime.span(from: event.start, to: event.end, separator: ".")
        let text = CueText.text(event, namesSource: namesSources)
        output += "\n\(span)\n\(Self.escaped(text))\n".utf8
    }

    /// Escaping `>` too keeps `-->` out of the text, which would end the cue.
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
    }
}
