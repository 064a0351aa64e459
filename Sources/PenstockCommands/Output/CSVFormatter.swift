package import Penstock
internal import PenstockCore
internal import PenstockVideo

/// Writes comma-separated values (RFC 4180, lines ending in CR LF), one line an item, or one for each of several models.
///
/// The columns are those of `fixedColumns`, then `model` where several models look at each item, then `class_1,label_1,score_1` and so on for as many classes as a result can
/// hold. What does not apply is empty. So that a line always is one result, line breaks and other control characters in names and messages are written out as `\n`, `\x1B`; a source that this
/// changes, or that is not valid UTF-8, has its true bytes in `source_base64`.
package struct CSVFormatter: ResultFormatter {
    private let top: Int
    private let namesModels: Bool

    /// Makes a formatter for results of at most `top` classes.
    ///
    /// - Parameter namesModels: Whether several models look at each picture, so that it has a line for each of them.
    package init(top: Int, namesModels: Bool = false) {
        self.top = top
        self.namesModels = namesModels
    }

    package func appendHeader(to output: inout [UInt8]) {
        let classes = (1...max(1, top)).map { ",class_\($0),label_\($0),score_\($0)" }
        output += Self.fixedColumns.joined(separator: ",").utf8
        if namesModels { output += ",model".utf8 }
        output += classes.joined().utf8
        endLine(&output)
    }

    package func append(_ picture: ClassifiedPicture, to output: inout [UInt8]) {
        if picture.answers.isEmpty { return append(picture, of: "", to: &output) }
        for answer in picture.answers {
            var result = picture
            result.outcome = answer.failure.map { .failed($0) } ?? .classified(answer.top)
            append(result, of: answer.model, to: &output)
        }
    }

    private func append(_ picture: ClassifiedPicture, of model: String, to output: inout [UInt8]) {
        let source = VisibleText.escaped(picture.source)
        output.appendCSV(source)
        for field in plainFields(of: picture) { output += ",\(field)".utf8 }
        output.append(Self.comma)
        if let message = Self.message(of: picture) { output.appendCSV(VisibleText.escaped(message)) }
        output.append(Self.comma)
        if !source.utf8.elementsEqual(picture.source.bytes) { PathBase64.append(picture.source.bytes, to: &output) }
        if namesModels {
            output.append(Self.comma)
            output.appendCSV(VisibleText.escaped(model))
        }
        append(picture.top, to: &output)
        endLine(&output)
    }

    /// The fields from the index to the error's stage, none of which can need quotes.
    private func plainFields(of picture: ClassifiedPicture) -> [String] {
        let event: StreamEvent? = if case .event(let event) = picture.outcome { event } else { nil }
        let time = event == nil ? picture.moment?.time : event?.time
        return [
            event == nil ? "\(picture.index)" : "",
            picture.moment.map { "\($0.frame)" } ?? "",
            time.map(TimeText.seconds) ?? "",
            (picture.moment?.duration ?? event?.gap).map(TimeText.seconds) ?? "",
            picture.size.map { "\($0.width)" } ?? "",
            picture.size.map { "\($0.height)" } ?? "",
            picture.isTruncated ? "true" : "",
            picture.isDamaged ? "true" : "",
            picture.isReused ? "true" : "",
            (picture.arrival ?? event?.wallClock).map(ClockText.utc) ?? "",
            picture.latency.map(TimeText.seconds) ?? "",
            event?.kind.rawValue ?? "",
            picture.failure?.stage.rawValue ?? "",
        ]
    }

    private static func message(of picture: ClassifiedPicture) -> String? {
        if case .event(let event) = picture.outcome { event.message } else { picture.failure?.message }
    }

    private func append(_ classes: [Classification], to output: inout [UInt8]) {
        for item in classes.prefix(max(1, top)) {
            output += ",\(item.classIndex),".utf8
            if let label = item.label { output.appendCSV(VisibleText.escaped(label)) }
            output += ",".utf8
            if item.score.isFinite { output += item.score.description.utf8 }
        }
        let missing = max(0, max(1, top) - classes.count)
        output += repeatElement(Self.comma, count: 3 * missing)
    }

    private func endLine(_ output: inout [UInt8]) {
        output += [0x0D, 0x0A]
    }

    /// The columns before the classes. The duration of an event is the gap that it ends.
    static let fixedColumns = [
        "source", "index", "frame", "time", "duration", "width", "height", "truncated", "damaged", "reused", "arrived",
        "latency", "event", "error_stage", "error", "source_base64",
    ]

    /// The place of a column among the fixed ones.
    static func place(of column: String) -> Int { fixedColumns.firstIndex(of: column)! }

    private static let comma = UInt8(ascii: ",")
}
