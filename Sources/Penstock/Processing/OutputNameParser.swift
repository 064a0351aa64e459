internal import PenstockCore

/// Takes the pattern of an `OutputName` apart.
struct OutputNameParser {
    private let pattern: String
    private var rest: Substring
    private var text: [UInt8] = []
    private var pieces: [OutputName.Piece] = []

    init(_ pattern: String) {
        self.pattern = pattern
        rest = pattern[...]
    }

    /// The pieces of the pattern, in order.
    mutating func parse() throws(PenstockError) -> [OutputName.Piece] {
        try checkWhole()
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first != "{": try takeField()
            case "}" where rest.first != "}": throw wrong("has a } that closes nothing: write }} for a brace")
            case "{", "}": text += rest.removeFirst().utf8
            default: text += character.utf8
            }
        }
        endText()
        return pieces
    }

    private func checkWhole() throws(PenstockError) {
        if pattern.isEmpty { throw wrong("is empty: try {stem}.{ext}") }
        if pattern.utf8.contains(0) { throw wrong("has a NUL in it, which no file's name may have") }
        if pattern.utf8.last == UInt8(ascii: "/") { throw wrong("names a folder: put a file's name behind the slash") }
    }

    private mutating func endText() {
        if !text.isEmpty { pieces.append(.text(text)) }
        text = []
    }

    /// Takes a field whose opening brace has been taken.
    private mutating func takeField() throws(PenstockError) {
        guard let end = rest.firstIndex(of: "}") else {
            throw wrong("has a { that is never closed: write {{ for a brace")
        }
        let parts = rest[..<end].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        rest = rest[rest.index(after: end)...]
        let field = try field(String(parts[0]))
        let form = parts.count > 1 ? try form(parts[1], of: field) : OutputName.NumberForm()
        endText()
        pieces.append(.field(field, form))
    }

    private func field(_ name: String) throws(PenstockError) -> OutputName.Field {
        if let field = OutputName.Field(rawValue: name) { return field }
        let names = OutputName.Field.allCases.map(\.rawValue)
        let all = names.map { "{\($0)}" }.joined(separator: ", ")
        throw wrong(
            "has a field {\(name)}, which there is not",
            NearestName.hint(name, among: names) + " There are \(all)."
        )
    }

    /// Reads `05`, `.2` or `09.2`.
    private func form(_ written: Substring, of field: OutputName.Field) throws(PenstockError) -> OutputName.NumberForm {
        guard field.isNumber else { throw wrong("gives {\(field)} a width, which only numbers have: write {\(field)}") }
        let parts = written.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var form = OutputName.NumberForm()
        let isWidth = parts[0].first == "0" || (parts[0].isEmpty && parts.count > 1)
        guard isWidth, let width = Self.number(parts[0].dropFirst(), upTo: Self.mostWidth) else {
            throw wrong(
                "writes {\(field):\(written)}, which is no width from 01 to 0\(Self.mostWidth): try {\(field):05}"
            )
        }
        form.width = width
        guard parts.count > 1 else { return form }
        guard field == .time else { throw wrong("gives {\(field)} decimals, which it has none of: try {\(field):05}") }
        guard !parts[1].isEmpty, let decimals = Self.number(parts[1], upTo: Self.mostDecimals) else {
            throw wrong("writes {time:\(written)}: decimals go from 0 to \(Self.mostDecimals), as in {time:.2}")
        }
        form.decimals = decimals
        return form
    }

    /// More than any number of an item needs.
    private static let mostWidth = 40
    /// Nanoseconds.
    private static let mostDecimals = 9

    /// A number of plain digits; none are zero.
    private static func number(_ digits: Substring, upTo most: Int) -> Int? {
        if digits.isEmpty { return 0 }
        guard digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(digits), number <= most else {
            return nil
        }
        return number
    }

    private func wrong(_ what: String, _ more: String = "") -> PenstockError {
        PenstockError(.invalidConfiguration, at: .configure, "The name '\(pattern)' \(what).\(more)")
    }
}
