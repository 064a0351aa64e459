/// Text from anywhere, made fit to be drawn on one line.
enum DrawableText {
    /// The text without what breaks lines, ends C strings, or turns the direction of what follows.
    static func clean(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        // No line is longer than this on any picture, and a label may be a whole file.
        for scalar in text.unicodeScalars.prefix(longest) {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: result.append(" ")
            case .format: continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The text, cut with an ellipsis where it is longer than so many letters.
    static func cut(_ text: String, to count: Int) -> String {
        let letters = text.unicodeScalars
        guard letters.count > count else { return text }
        var kept = String.UnicodeScalarView(letters.prefix(max(0, count - 1)))
        kept.append("…")
        return String(kept)
    }

    private static let longest = 1000
}
