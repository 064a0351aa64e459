internal import Penstock
internal import PenstockCore
internal import PenstockImages

/// What was given for an operation, and how it is read.
struct OperationValue {
    let name: String
    let text: String

    /// The longest edge that any format holds.
    private static let edges = 1...65535

    /// `640x480`, `640x`, `x480` or `50%`.
    func target() throws(UsageError) -> Resizing.Target {
        let edges = text.split(separator: "x", omittingEmptySubsequences: false).map(String.init)
        if text.last == "%", let percent = ValueText.number(String(text.dropLast())), 0.01...10_000 ~= percent {
            return .scale(percent / 100)
        }
        if edges.count == 2 {
            switch (edge(edges[0]), edge(edges[1])) {
            case (let width?, let height?): return .size(ImageSize(width: width, height: height))
            case (let width?, nil) where edges[1].isEmpty: return .width(width)
            case (nil, let height?) where edges[0].isEmpty: return .height(height)
            default: break
            }
        }
        throw refusal("640x480, 640x for a width, x480 for a height, or 50%")
    }

    /// `300x200` or `300x200+10+20`.
    func cropping() throws(UsageError) -> Cropping {
        let parts = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
        let offsets = parts.dropFirst().compactMap { Self.natural($0) }.filter { $0 <= 1_000_000 }
        guard let size = size(parts[0]), [1, 3].contains(parts.count), offsets.count == parts.count - 1 else {
            throw refusal("a size, such as 300x200 from the middle, or 300x200+10+20 from 10 to the right and 20 down")
        }
        return offsets.isEmpty ? Cropping(size) : Cropping(size, x: offsets[0], y: offsets[1])
    }

    /// `20` or `800x600`.
    func amount() throws(UsageError) -> Padding.Amount {
        if let border = edge(text) { return .border(border) }
        if let size = size(text) { return .size(size) }
        throw refusal("a border in pixels, such as 20, or a size to fill up to, such as 800x600")
    }

    func axis() throws(UsageError) -> PixelOperation.Axis {
        guard let axis = PixelOperation.Axis(rawValue: text) else { throw refusal("horizontal or vertical") }
        return axis
    }

    /// `#rrggbb`, `black` or `white`.
    func color() throws(UsageError) -> PixelColor {
        if text == "black" { return .black }
        if text == "white" { return .white }
        let digits = text.dropFirst()
        guard text.first == "#", digits.count == 6, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let value = UInt32(digits, radix: 16)
        else {
            throw refusal("black, white or a colour such as '#ff8000'")
        }
        return PixelColor(
            red: UInt8(value >> 16),
            green: UInt8(value >> 8 & 0xFF),
            blue: UInt8(value & 0xFF)
        )
    }

    /// How much of something: 1 changes nothing.
    func factor() throws(UsageError) -> Double { try number("a factor", in: 0...100) }

    func number(_ meaning: String, in range: ClosedRange<Double>) throws(UsageError) -> Double {
        if let number = ValueText.number(text), range.contains(number) { return number }
        throw refusal("\(meaning), from \(DecimalText.fixed(range.lowerBound, 0)) to \(Int(range.upperBound))")
    }

    func graph() throws(UsageError) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { throw refusal("a chain of FFmpeg's filters") }
        return text
    }

    private func refusal(_ expected: String) -> UsageError {
        UsageError("--\(name) is \(expected), not \(text.quoted).")
    }

    private func edge(_ text: String) -> Int? { Self.natural(text).flatMap { Self.edges.contains($0) ? $0 : nil } }

    private func size(_ text: String) -> ImageSize? {
        let edges = text.split(separator: "x", omittingEmptySubsequences: false).map { edge(String($0)) }
        guard edges.count == 2, let width = edges[0], let height = edges[1] else { return nil }
        return ImageSize(width: width, height: height)
    }

    /// Digits alone: `Int` would take a sign.
    private static func natural(_ text: String) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }
}
