/// Lays help out for a width: paragraphs, and lists in two columns.
struct HelpPage {
    private(set) var text = ""
    private let width: Int

    /// Where the second column begins.
    private static let column = 24

    init(width: Int) {
        // Lines longer than this are hard to read, and shorter ones leave the second column no room.
        self.width = min(max(width, 60), 100)
    }

    /// Adds a paragraph.
    mutating func paragraph(_ paragraph: String) {
        separate()
        text += Self.wrap(paragraph, width).joined(separator: "\n") + "\n"
    }

    /// Adds a heading and its list; nothing when the list is empty.
    mutating func section(_ title: String, _ entries: [(String, String)]) {
        guard !entries.isEmpty else { return }
        separate()
        text += title + ":\n"
        for (term, explanation) in entries { entry(term, explanation) }
    }

    /// Adds command lines worth copying.
    mutating func examples(_ examples: [CommandExample]) {
        guard !examples.isEmpty else { return }
        separate()
        text += "Examples:\n"
        for example in examples { text += "  penstock \(example.line)\n      \(example.purpose)\n" }
    }

    private mutating func entry(_ term: String, _ explanation: String) {
        let indent = String(repeating: " ", count: Self.column)
        var lines = Self.wrap(explanation, width - Self.column)
        let head = "  " + term
        let gap = Self.column - head.count
        if gap >= 2, !lines.isEmpty {
            text += head + String(repeating: " ", count: gap) + lines.removeFirst() + "\n"
        } else {
            text += head + "\n"
        }
        for line in lines { text += indent + line + "\n" }
    }

    private mutating func separate() {
        if !text.isEmpty { text += "\n" }
    }

    /// Breaks a text between words, into lines of at most `width` characters where its words allow.
    static func wrap(_ paragraph: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in paragraph.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
