/// What the library says of a failure, which is often a page.
struct TensorFlowMessage {
    private let text: String

    /// Takes the library's words.
    init(_ text: String) {
        self.text = text
    }

    /// What went wrong, in a line and without a full stop.
    var telling: String {
        if let operation { return missing(operation) }
        let line = Self.withoutPlaces(line).prefix(300)
        let trimmed = line.drop { $0 == " " }
        let end = trimmed.lastIndex { $0 != " " && $0 != "." && $0 != ":" }
        return end.map { String(trimmed[...$0]) } ?? "it gave no reason"
    }

    /// The first line that says something: where several things failed, a count and a list come before.
    private var line: Substring {
        let lines = text.split(separator: "\n")
        guard let first = lines.first, first.contains("root error(s) found"), lines.count > 1 else {
            return lines.first ?? ""
        }
        return lines[1].drop { $0 == " " || $0 == "\t" || $0 == "(" || $0 == ")" || $0.isNumber }
    }

    /// Leaves out the names of the graph's nodes, which stand in double brackets and braces.
    private static func withoutPlaces(_ line: Substring) -> String {
        var kept = ""
        var depth = 0
        for character in line {
            if character == "[" || character == "{" { depth += 1 }
            let isPlace = depth > 1
            if !isPlace { kept.append(character) }
            if character == "]" || character == "}" { depth = max(0, depth - 1) }
        }
        // Of each place, its outermost brackets are left.
        return kept.replacing("[]", with: "").replacing("{}", with: "")
    }

    /// The operation that the library does not have, where that is what is wrong.
    private var operation: Substring? {
        guard let head = text.firstRange(of: "Op type not registered '") else { return nil }
        let rest = text[head.upperBound...]
        return rest.firstIndex(of: "'").map { rest[..<$0] }
    }

    private func missing(_ operation: Substring) -> String {
        "it uses the operation \(operation.prefix(100)), which this TensorFlow does not have; export the model "
            + "without operations of its own, or convert it where they are installed"
    }
}
