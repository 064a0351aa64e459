package import PenstockCore

extension ParsedArguments {
    /// A whole number in a range.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        try value(name, "a whole number \(range.words)") { Int($0).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// A whole number in a range, or `auto`, which is `nil` as an option left out is.
    package func automatic(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        text(name) == "auto"
            ? nil
            : try value(name, "auto or a whole number \(range.words)") {
                Int($0).flatMap { range.contains($0) ? $0 : nil }
            }
    }

    /// A number, in a range when one is given.
    package func number(_ name: String, in range: ClosedRange<Double>? = nil) throws(UsageError) -> Double? {
        let limits = range.map { " from \($0.lowerBound) to \($0.upperBound)" } ?? ""
        return try value(name, "a number\(limits)") {
            ValueText.number($0).flatMap { range?.contains($0) ?? true ? $0 : nil }
        }
    }

    /// Numbers between commas.
    package func numbers(_ name: String, count: Int) throws(UsageError) -> [Double]? {
        try value(name, "\(count) numbers between commas") {
            ValueText.numbers($0).flatMap { $0.count == count ? $0 : nil }
        }
    }

    /// A span of time, of no less than `minimum`.
    package func duration(_ name: String, atLeast minimum: Duration = .zero) throws(UsageError) -> Duration? {
        let least = minimum > .zero ? ", no less than \(minimum)" : ""
        return try value(name, "a time with its unit, such as 20ms, 1.5s or 2m\(least)") {
            ValueText.duration($0).flatMap { $0 >= minimum ? $0 : nil }
        }
    }

    /// A width and a height, or the side of a square.
    package func size(_ name: String) throws(UsageError) -> ImageSize? {
        try value(name, "a size in pixels, such as 299 or 640x480", ValueText.size)
    }

    /// One of an enumeration's words.
    package func choice<Choice>(_ name: String, _ type: Choice.Type = Choice.self) throws(UsageError) -> Choice?
    where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
        try value(name, type.allCases.map(\.rawValue).listed, Choice.init(rawValue:))
    }

    private func value<Value>(
        _ name: String,
        _ expected: String,
        _ read: (String) -> Value?
    ) throws(UsageError) -> Value? {
        guard let text = text(name) else { return nil }
        if let value = read(text) { return value }
        throw UsageError("--\(name) is \(expected), not \(text.quoted).")
    }
}

/// Reads the values of options.
enum ValueText {
    /// A finite number in decimal.
    static func number(_ text: String) -> Double? {
        let isDecimal = !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
        return isDecimal ? Double(text).flatMap { $0.isFinite ? $0 : nil } : nil
    }

    /// Numbers between commas.
    static func numbers(_ text: String) -> [Double]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { number($0.trimmed) }
        return numbers.count == parts.count ? numbers : nil
    }

    /// A span of time: a number and `us`, `ms`, `s`, `m` or `h`.
    static func duration(_ text: String) -> Duration? {
        let units: [(String, Double)] = [("us", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9)]
        guard let (unit, nanoseconds) = units.first(where: { text.hasSuffix($0.0) }),
            let count = number(String(text.dropLast(unit.count))),
            count >= 0, count * nanoseconds < 1e18
        else { return nil }
        return .nanoseconds(Int64((count * nanoseconds).rounded()))
    }

    /// `299`, `640x480` or `640×480`.
    static func size(_ text: String) -> ImageSize? {
        let edges = text.split(omittingEmptySubsequences: false) { "xX×".contains($0) }.map { Int($0) }
        let limit = 1...65536
        switch edges.count {
        case 1: return edges[0].flatMap { limit.contains($0) ? ImageSize(side: $0) : nil }
        case 2:
            guard let width = edges[0], let height = edges[1], limit.contains(width), limit.contains(height) else {
                return nil
            }
            return ImageSize(width: width, height: height)
        default: return nil
        }
    }
}

extension Substring {
    /// The text without the spaces around it.
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension ClosedRange<Int> {
    /// How a message says which numbers are meant.
    fileprivate var words: String {
        upperBound == .max ? "of at least \(lowerBound)" : "from \(lowerBound) to \(upperBound)"
    }
}
