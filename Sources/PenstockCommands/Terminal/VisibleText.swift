package import PenstockCore

/// Makes text safe to show on a terminal: nothing in a file's name moves the cursor, colours the screen or turns the
/// reading direction round.
package enum VisibleText {
    /// The text with everything invisible written out: `\n`, `\t`, `\x1B`, `\u{202E}`.
    package static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: needsEscape) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if needsEscape(scalar) { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }

    /// The path, with bytes that are not UTF-8 shown as U+FFFD.
    package static func escaped(_ path: FilePath) -> String { escaped(path.description) }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value >= 0x20 && scalar.value < 0x7F { return false }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: return true
        // Joiners build emoji and the letters of several scripts, and tags build flags; the rest steers the layout.
        case .format: return !(scalar == "\u{200D}" || scalar == "\u{200C}" || 0xE0020...0xE007F ~= scalar.value)
        default: return false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: scalar.value < 0x100 ? "\\x" + hexadecimal(scalar, 2) : "\\u{" + hexadecimal(scalar, 4) + "}"
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar, _ digits: Int) -> String {
        let text = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
