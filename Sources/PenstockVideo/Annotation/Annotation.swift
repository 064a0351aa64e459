/// What is drawn on a picture or a frame.
package struct Annotation: Hashable, Sendable {
    /// One result: what was seen, and how sure the model is.
    package struct Line: Hashable, Sendable {
        /// The class, or whatever else is to be read there; drawn as it is.
        package var label: String
        /// The score, of which 0 to 1 fills the bar.
        package var score: Float

        /// Makes a line.
        package init(label: String, score: Float) {
            self.label = label
            self.score = score
        }
    }

    /// The results, from the top; those that do not fit are left out.
    package var lines: [Line]
    /// The time, drawn at the foot.
    package var time: Duration?
    /// A few words, drawn at the foot.
    package var note: String?

    /// Makes an annotation.
    package init(lines: [Line] = [], time: Duration? = nil, note: String? = nil) {
        self.lines = lines
        self.time = time
        self.note = note
    }
}
