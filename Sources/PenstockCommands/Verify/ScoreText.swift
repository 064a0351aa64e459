/// Writes scores and differences for people.
enum ScoreText {
    /// A score as a percentage; the bare number where it is no probability.
    static func score(_ score: Double?) -> String {
        guard let score else { return "" }
        return (0...1).contains(score) ? DecimalText.fixed(score * 100, 1) + " %" : DecimalText.fixed(score, 2)
    }

    /// A difference in two digits that count, however small.
    static func difference(_ value: Double) -> String {
        if value == 0 { return "0" }
        var digits = 1
        var power = 0.1
        while power > value, digits < 12 { (digits, power) = (digits + 1, power / 10) }
        return DecimalText.fixed(value, digits + 1)
    }
}
