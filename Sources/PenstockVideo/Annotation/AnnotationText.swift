internal import PenstockCore

/// The text of an annotation, laid out in lines for a picture.
struct AnnotationText {
    let annotation: Annotation
    let layout: TextLayout

    /// One line a result: the score, a bar as long as it is large, and the label.
    ///
    /// The label stands last, so that no letter's width or direction moves what is beside it.
    var scores: String {
        annotation.lines.prefix(layout.rows).map(line).joined(separator: "\n")
    }

    /// The time and the note.
    var moment: String {
        let parts = [annotation.time.map(TimeStamp.text), annotation.note.map(DrawableText.clean)]
        return DrawableText.cut(parts.compactMap(\.self).joined(separator: "  "), to: layout.columns)
    }

    private func line(_ line: Annotation.Line) -> String {
        let score = ScoreText.number(line.score)
        // A small picture has no room for bars beside its labels.
        let bar = layout.columns < Self.columnsWorthABar ? "" : ScoreText.bar(line.score, cells: Self.barCells) + " "
        return DrawableText.cut("\(score) \(bar)\(DrawableText.clean(line.label))", to: layout.columns)
    }

    private static let barCells = 10
    private static let columnsWorthABar = 36
}

/// Scores for the eye.
enum ScoreText {
    /// Two places, as wide as any other from 0 to 1.
    static func number(_ score: Float) -> String {
        guard score.isFinite else { return "   –" }
        guard abs(score) < 1e6 else { return score < 0 ? " −…" : "  …" }
        let hundredths = Int((abs(score) * 100).rounded())
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        return "\(score < 0 && hundredths > 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// A bar in eighths of a cell, with a mark at its full length.
    static func bar(_ score: Float, cells: Int) -> String {
        let share = score.isFinite ? min(max(score, 0), 1) : 0
        let eighths = Int((share * Float(cells * 8)).rounded())
        let (full, part) = eighths.quotientAndRemainder(dividingBy: 8)
        let blocks = String(repeating: "█", count: full) + (part > 0 ? String(partialBlocks[part - 1]) : "")
        return blocks + String(repeating: " ", count: cells - full - (part > 0 ? 1 : 0)) + "▕"
    }

    private static let partialBlocks: [Character] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}

/// Times for the eye.
enum TimeStamp {
    /// `m:ss.mmm`, and `h:mm:ss.mmm` from an hour on.
    static func text(_ time: Duration) -> String {
        let (seconds, fraction) = time.components
        // Both parts have the duration's sign; seconds are taken apart before anything could overflow.
        let (whole, thousandths) = (seconds.magnitude, fraction.magnitude / 1_000_000_000_000_000)
        let sign = (seconds < 0 || fraction < 0) && (whole, thousandths) != (0, 0) ? "-" : ""
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        let rest = "\(padded(whole % 60, 2)).\(padded(thousandths, 3))"
        return hours > 0 ? "\(sign)\(hours):\(padded(minutes, 2)):\(rest)" : "\(sign)\(minutes):\(rest)"
    }

    private static func padded(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
