public import PenstockCore

extension ImageWriter {
    /// A picture that was not written.
    public struct Failure: Hashable, Sendable {
        /// The name under which it was brought.
        public var name: FilePath
        /// Why.
        public var error: PenstockError
    }

    /// All that went wrong behind the caller's back.
    public struct Failures: Error, Sendable {
        /// The failures, in the order of the pictures: the first thousand.
        public var first: [Failure] = []
        /// How many there are in all.
        public var count = 0

        /// As many as are kept.
        private static let mostKept = 1000

        mutating func add(_ failure: Failure) {
            count += 1
            if first.count < Self.mostKept { first.append(failure) }
        }
    }
}

extension ImageWriter.Failures: CustomStringConvertible {
    /// Each of those that are kept in a line, and how many more there are.
    public var description: String {
        let lines = first.map { "\($0.name): \($0.error.message)" }
        let rest = count > first.count ? ["and \(count - first.count) more"] : []
        return "\(count) pictures were not written.\n" + (lines + rest).joined(separator: "\n")
    }
}
