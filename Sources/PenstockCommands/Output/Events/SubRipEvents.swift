internal import PenstockCore

/// Writes events as subtitles of SubRip.
struct SubRipEvents: EventFormatter {
    let namesSources: Bool
    private var count = 0

    init(namesSources: Bool) {
        self.namesSources = namesSources
    }

    func appendHeader(to output: inout [UInt8]) {}

    mutating func append(_ event: EventSegment, to output: inout [UInt8]) {
        count += 1
        let span = CueTime.span(from: event.start, to: event.end, separator: ",")
        let text = CueText.text(event, namesSource: namesSources)
        output += "\(count)\n\(span)\n\(Self.harmless(text))\n\n".utf8
    }

    /// SubRip has no escapes: what players take for markup is replaced by what looks like it.
    private static func harmless(_ text: String) -> String {
        String(
            text.map { character in
                switch character {
                case "<": "‹"
                case ">": "›"
                case "{": "("
                case "}": ")"
                default: character
                }
            }
        )
    }
}
