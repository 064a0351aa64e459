package import Penstock
internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo

/// Writes a table for people: a picture's best class beside its name, the others below, errors in their place.
///
/// The columns follow from the terminal's width alone, so rows can be shown as they come.
package struct TableFormatter: ResultFormatter {
    private let nameWidth: Int
    private let barWidth: Int
    private let labelWidth: Int

    /// Makes a formatter for lines of at most `width` columns.
    package init(width: Int) {
        let width = max(width, 40)
        barWidth = width < 70 ? 0 : 10
        // The score takes 7 columns; gaps of 2 stand between the columns.
        let fixed = 7 + barWidth + (barWidth > 0 ? 6 : 4)
        nameWidth = min(50, (width - fixed) / 2)
        labelWidth = width - fixed - nameWidth
    }

    package func appendHeader(to output: inout [UInt8]) {
        appendRow("picture", "score", bar: "", "class", to: &output)
    }

    package func append(_ picture: ClassifiedPicture, to output: inout [UInt8]) {
        let name = VisibleText.escaped(picture.source) + Self.place(of: picture)
        if case .event(let event) = picture.outcome {
            appendMessage(name, VisibleText.escaped(Self.text(of: event)), to: &output)
        } else if picture.answers.isEmpty {
            append(Row(name, picture.isTruncated), picture.failure, picture.top, to: &output)
        }
        for (place, answer) in picture.answers.enumerated() {
            let row = Row(place == 0 ? name : "", place == 0 && picture.isTruncated, VisibleText.escaped(answer.model))
            append(row, answer.failure, answer.top, to: &output)
        }
    }

    /// What stands before an answer: the picture's name beside the first, and the model's where there are several.
    private struct Row {
        let name: String
        let isTruncated: Bool
        let prefix: String

        init(_ name: String, _ isTruncated: Bool, _ model: String = "") {
            self.name = name
            self.isTruncated = isTruncated
            prefix = model.isEmpty ? "" : model + ": "
        }
    }

    private func append(
        _ row: Row,
        _ failure: PenstockError?,
        _ classes: [Classification],
        to output: inout [UInt8]
    ) {
        if let failure {
            let message = VisibleText.escaped("failed (\(failure.stage.rawValue)): \(failure.message)")
            appendMessage(row.name, row.prefix + message, to: &output)
        } else if classes.isEmpty {
            appendMessage(row.name, row.prefix + "no class reaches --min-score", to: &output)
        } else {
            append(row, classes, to: &output)
        }
    }

    /// Where in its video a frame is.
    private static func place(of picture: ClassifiedPicture) -> String {
        guard let moment = picture.moment else { return "" }
        return moment.time.map { " @\(DecimalText.fixed($0.seconds, 2))s" } ?? " #\(moment.frame)"
    }

    private static func text(of event: StreamEvent) -> String {
        let gap = event.gap.map { " after \(TimeText.span($0.seconds))" } ?? ""
        return "\(event.kind.rawValue)\(gap): \(event.message)"
    }

    private func append(_ row: Row, _ classes: [Classification], to output: inout [UInt8]) {
        for (place, item) in classes.enumerated() {
            let mark = row.isTruncated && place == 0 ? " (file cut short)" : ""
            let label = row.prefix + (item.label.map { VisibleText.escaped($0) } ?? "class \(item.classIndex)") + mark
            let bar = Bar.text(Double(item.score), width: barWidth)
            appendRow(place == 0 ? row.name : "", score(item.score), bar: bar, label, to: &output)
        }
    }

    private func appendRow(_ name: String, _ score: String, bar: String, _ label: String, to output: inout [UInt8]) {
        let paddedScore = String(repeating: " ", count: max(0, 7 - DisplayWidth.of(score))) + score
        var columns = [DisplayWidth.fit(name, nameWidth, cutting: .start), paddedScore]
        if barWidth > 0 { columns.append(DisplayWidth.fit(bar, barWidth, cutting: .end)) }
        columns.append(DisplayWidth.shorten(label, labelWidth, cutting: .end))
        appendLine(columns.joined(separator: "  "), to: &output)
    }

    /// A message takes the room of the other columns, and further lines where that is not enough.
    private func appendMessage(_ name: String, _ message: String, to output: inout [UInt8]) {
        let room = labelWidth + 7 + barWidth + (barWidth > 0 ? 4 : 2)
        for (place, line) in HelpPage.wrap(message, room).enumerated() {
            let first = DisplayWidth.fit(place == 0 ? name : "", nameWidth, cutting: .start)
            appendLine(first + "  " + DisplayWidth.shorten(line, room, cutting: .end), to: &output)
        }
    }

    private func appendLine(_ line: String, to output: inout [UInt8]) {
        let end = line.utf8.reversed().drop { $0 == UInt8(ascii: " ") }
        output += end.reversed()
        output.append(UInt8(ascii: "\n"))
    }

    /// Scores of probabilities as percentages; anything else, such as raw values, as it is.
    private func score(_ score: Float) -> String {
        guard (0...1).contains(score) else { return DecimalText.fixed(Double(score), 2) }
        // A class that was seen a little is not one that was not seen at all.
        if score > 0 && score < 0.0005 { return "<0.1 %" }
        return DecimalText.fixed(Double(score) * 100, 1) + " %"
    }
}
