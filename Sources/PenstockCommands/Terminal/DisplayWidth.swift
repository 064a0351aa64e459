/// How many columns of a terminal a text takes.
package enum DisplayWidth {
    /// The columns of a text without control characters.
    package static func of(_ text: some StringProtocol) -> Int {
        text.reduce(0) { $0 + of($1) }
    }

    /// The columns of one character as a person sees it: an accent joined to its letter takes none of its own.
    package static func of(_ character: Character) -> Int {
        if let value = character.asciiValue { return value < 0x20 || value == 0x7F ? 0 : 1 }
        let scalars = character.unicodeScalars
        // A picture selector turns a sign such as ❤ into an emoji of two columns.
        if scalars.contains(emojiSelector), scalars.count > 1 { return 2 }
        return scalars.reduce(0) { max($0, of($1)) }
    }

    private static let emojiSelector: Unicode.Scalar = "\u{FE0F}"

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .format, .lineSeparator, .paragraphSeparator: return 0
        default: return scalar.properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        value >= wideRanges[0].lowerBound && wideRanges.contains { $0.contains(value) }
    }

    /// What Unicode calls wide or fullwidth, without the emoji, which have a property of their own.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
        0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}

extension DisplayWidth {
    /// Which part of a text that is too long goes.
    package enum Cut: Sendable {
        /// The beginning: the end of a path tells more.
        case start
        /// The end.
        case end
    }

    /// The text in exactly `width` columns: filled with spaces, or cut and marked with `…`.
    package static func fit(_ text: String, _ width: Int, cutting cut: Cut) -> String {
        let own = of(text)
        let fitted = own <= width ? text : shorten(text, width, cutting: cut)
        return fitted + String(repeating: " ", count: max(0, width - (own <= width ? own : of(fitted))))
    }

    /// The text in at most `width` columns.
    package static func shorten(_ text: String, _ width: Int, cutting cut: Cut) -> String {
        guard of(text) > width else { return text }
        guard width > 1 else { return width == 1 ? "…" : "" }
        switch cut {
        case .end: return String(longest(text, width - 1)) + "…"
        case .start: return "…" + String(String(longest(text.reversed(), width - 1)).reversed())
        }
    }

    private static func longest(_ characters: some Sequence<Character>, _ width: Int) -> [Character] {
        var used = 0
        return characters.prefix {
            used += of($0)
            return used <= width
        }
    }
}
