extension Labels {
    /// Reads labels from text, one a line.
    ///
    /// A byte order mark, Windows line ends, space around names and blank lines at the end are left out; a blank line
    /// elsewhere is a class without a name. Where every line begins with its own number (`0 tench`, `0: tench`,
    /// counting on by one from 0 or from 1) the numbers are left out as well; if a single line breaks the count, all
    /// lines are taken as they stand.
    package init(text bytes: [UInt8], name: String) throws(PenstockError) {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        var lines = content.split(separator: 0x0A, omittingEmptySubsequences: false).map(Self.trimmed)
        while lines.last?.isEmpty == true { lines.removeLast() }
        guard !lines.isEmpty else {
            throw PenstockError(.corrupt, at: .configure, "\(name) names no class; it should hold a name a line.")
        }
        let names = Self.withoutNumbers(lines) ?? lines
        self.init(names.map { String(decoding: $0, as: UTF8.self) })
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let start = line.drop(while: isSpace)
        return start.prefix((start.lastIndex { !isSpace($0) } ?? start.startIndex - 1) + 1 - start.startIndex)
    }

    /// The names behind the numbers, if every line is numbered in order.
    private static func withoutNumbers(_ lines: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>]? {
        guard lines.count > 1, let first = numbered(lines[0])?.number, first <= 1 else { return nil }
        var names: [ArraySlice<UInt8>] = []
        for (index, line) in lines.enumerated() {
            guard let (number, name) = numbered(line), number == first + index else { return nil }
            names.append(name)
        }
        return names
    }

    private static func numbered(_ line: ArraySlice<UInt8>) -> (number: Int, name: ArraySlice<UInt8>)? {
        let digits = line.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        let rest = line[digits.endIndex...]
        guard let separator = rest.first, separator == UInt8(ascii: ":") || isSpace(separator) else { return nil }
        let name = trimmed(rest.dropFirst())
        return name.isEmpty ? nil : (number, name)
    }
}
