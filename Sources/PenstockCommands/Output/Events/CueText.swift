internal import PenstockCore

/// What a cue says: `arrow 97 %`, after the source's name where there are several.
enum CueText {
    /// One line without control characters, not yet escaped for a format.
    static func text(_ event: EventSegment, namesSource: Bool) -> String {
        let label = event.label ?? "class \(event.classIndex)"
        let text = "\(label) \(percent(event.mean))"
        return VisibleText.escaped(namesSource ? "\(event.source): \(text)" : text)
    }

    /// Scores within 0 and 1 as whole percents; those of a model that gives no probabilities as they are.
    private static func percent(_ score: Float) -> String {
        (0...1).contains(score) ? "\(Int((score * 100).rounded())) %" : DecimalText.fixed(Double(score), 2)
    }
}
