/// What is wrong with a command line, in one sentence for the person who typed it.
package struct UsageError: Error, Hashable, Sendable {
    /// The sentence.
    package var message: String

    /// Makes an error.
    package init(_ message: String) {
        self.message = message
    }
}

extension UsageError: CustomStringConvertible {
    /// The sentence alone.
    package var description: String { message }

    /// What is printed: the sentence, and where to read more.
    package func report(for command: String?) -> String {
        let page = command.map { "penstock \($0) --help" } ?? "penstock --help"
        return "penstock: \(message)\nSee '\(page)'.\n"
    }
}
