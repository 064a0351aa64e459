package import PenstockCore

/// The forms in which events can be written, chosen by the ending of the file's name.
package enum EventFormat: String, Hashable, Sendable, CaseIterable {
    /// WebVTT, which browsers show.
    case vtt
    /// SubRip, which players show.
    case srt
    /// A JSON object a line.
    case jsonl
    /// Comma-separated values.
    case csv

    /// The format that a file's name asks for.
    ///
    /// - Throws: When it asks for none of them.
    package init(file: FilePath) throws(PenstockError) {
        guard let format = Self(rawValue: file.lowercasedExtension) else {
            throw PenstockError(
                .invalidConfiguration,
                at: .configure,
                "\(file) does not say how events should be written: end its name in .vtt, .srt, .jsonl or .csv."
            )
        }
        self = format
    }

    /// Whether cues must come in the order in which they begin; the others may be written as events end.
    package var isOrdered: Bool { self == .vtt || self == .srt }

    /// A formatter for one file.
    ///
    /// - Parameter namesSources: Whether cues say what they were seen in: needed with more than one source.
    func formatter(namesSources: Bool) -> any EventFormatter {
        switch self {
        case .vtt: WebVTTEvents(namesSources: namesSources)
        case .srt: SubRipEvents(namesSources: namesSources)
        case .jsonl: JSONLinesEvents()
        case .csv: CSVEvents()
        }
    }
}

/// Writes events as bytes, one after the other.
protocol EventFormatter: Sendable {
    /// Appends what a file begins with.
    func appendHeader(to output: inout [UInt8])
    /// Appends one event.
    mutating func append(_ event: EventSegment, to output: inout [UInt8])
}
