internal import PenstockCore

/// Which classes a picture is of, where the name of its folder or its own name says so.
///
/// The folder counts first (`circle/0001.jpg`), then the file's name without its number (`circle-01.png`). Names are
/// compared with a model's labels without regard to case, with `_` and `-` for blanks; commas in a label part synonyms.
struct TrueClasses: Sendable {
    private let classes: [String: Set<Int>]

    /// Learns the names of a model's classes.
    init(_ labels: Labels?) {
        var classes: [String: Set<Int>] = [:]
        for (index, label) in (labels?.names ?? []).enumerated() {
            for name in [label] + label.split(separator: ",").map(String.init) {
                let plain = Self.plain(name)
                if !plain.isEmpty { classes[plain, default: []].insert(index) }
            }
        }
        self.classes = classes
    }

    /// The classes that a picture's path names, any of which is right; `nil` where it names none.
    func classes(of path: FilePath) -> Set<Int>? {
        if classes.isEmpty { return nil }
        let stem = Self.stem(path)
        let names = [String(decoding: path.parent.lastComponent, as: UTF8.self), stem, Self.withoutNumber(stem)]
        return names.lazy.compactMap { classes[Self.plain($0)] }.first
    }

    private static func stem(_ path: FilePath) -> String {
        let name = path.lastComponent
        let end = name.lastIndex(of: UInt8(ascii: "."))
        return String(decoding: end.map { name[..<$0] } ?? name, as: UTF8.self)
    }

    /// The name before a number at its end, with what parts the two: `circle` of `circle-01` and `circle (2)`.
    private static func withoutNumber(_ name: String) -> String {
        var name = Substring(name)
        while let last = name.last, last.isNumber || "-_ ().".contains(last) { name.removeLast() }
        return String(name)
    }

    /// Lower case, with single blanks between words.
    private static func plain(_ name: String) -> String {
        name.lowercased().split { $0.isWhitespace || $0 == "_" || $0 == "-" }.joined(separator: " ")
    }
}
