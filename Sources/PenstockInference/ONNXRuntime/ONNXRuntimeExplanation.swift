/// What the library says of a failure, less what only its own makers can use.
///
/// Its messages may begin with what was tried, and with a place in its source, the function there and the condition that
/// did not hold: `Load model from a.onnx failed:/src/graph.h:46 void f(int) a == b was false. The rest`.
struct ONNXRuntimeExplanation: Hashable, Sendable {
    /// What is left for a user: one line of bounded length, without its full stop.
    let text: String

    /// Takes the library's words.
    init(_ words: String) {
        let line = words.split(separator: "\n").first ?? Substring(words)
        let telling = Self.afterCondition(Self.afterPlace(Self.afterAttempt(line)))
        let short = String((telling.isEmpty ? line : telling).prefix(500)).dropLast(while: { $0 == "." || $0 == " " })
        text = short.isEmpty ? "it does not say why" : short
    }

    private static func afterAttempt(_ line: Substring) -> Substring {
        guard line.hasPrefix("Load model"), let end = line.firstRange(of: " failed:") else { return line }
        return line[end.upperBound...]
    }

    /// What follows the last `file.cc:12 function` or `file.h:12 type function(arguments)`.
    private static func afterPlace(_ line: Substring) -> Substring {
        guard let end = endOfPlace(line) else { return line }
        let rest = line[end...]
        let name = rest.prefix { $0.isLetter || $0.isNumber || " _:~<>*&,".contains($0) }
        if rest[name.endIndex...].hasPrefix("("), let close = closing(rest[name.endIndex...]) {
            return rest[close...].dropFirst().drop { $0 == " " }
        }
        return rest.drop { $0 != " " }.drop { $0 == " " }
    }

    private static func endOfPlace(_ line: Substring) -> Substring.Index? {
        let colons = [".cc:", ".h:"].flatMap { line.ranges(of: $0) }.map(\.upperBound)
        let ends = colons.map { line[$0...].drop { $0.isNumber } }
        return ends.filter { $0.hasPrefix(" ") }.map { $0.dropFirst().startIndex }.max()
    }

    /// The place of the bracket that closes the one in front.
    private static func closing(_ text: Substring) -> Substring.Index? {
        var depth = 0
        for index in text.indices {
            if text[index] == "(" { depth += 1 }
            if text[index] == ")" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }

    private static func afterCondition(_ line: Substring) -> Substring {
        line.firstRange(of: " was false. ").map { line[$0.upperBound...] } ?? line
    }
}

extension String {
    /// The text without the characters at its end that `isLeftOut` names.
    fileprivate func dropLast(while isLeftOut: (Character) -> Bool) -> String {
        String(self[..<(lastIndex { !isLeftOut($0) }.map { index(after: $0) } ?? startIndex)])
    }
}
