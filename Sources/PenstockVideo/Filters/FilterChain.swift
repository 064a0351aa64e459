/// Filters in FFmpeg's own language, and a few of our own around them.
package struct FilterChain: Hashable, Sendable {
    /// One filter.
    struct Step: Hashable, Sendable {
        let name: String
        let options: String

        init(_ name: String, _ options: String = "") {
            self.name = name
            self.options = options
        }
    }

    /// What comes first.
    let before: [Step]
    /// What has one way in and one way out, and any labels and branches between.
    let description: String
    /// What comes last.
    let after: [Step]

    init(before: [Step] = [], _ description: String, after: [Step] = []) {
        self.before = before
        self.description = description
        self.after = after
    }
}

extension FilterChain.Step: CustomStringConvertible {
    /// The filter in FFmpeg's language.
    var description: String { options.isEmpty ? name : "\(name)=\(options)" }
}
