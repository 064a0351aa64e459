package import PenstockCore

/// Somewhere to write bytes to: a standard stream, or what a test looks at.
package protocol ByteSink: Sendable {
    /// Writes all the bytes, waiting as long as that takes.
    ///
    /// - Throws: `.closedPipe` when nobody reads any more, and what the system says otherwise.
    func write(_ bytes: [UInt8]) throws(PenstockError)
}

extension PenstockError.Code {
    /// The program that read the output has gone, as `head` does: a reason to stop quietly.
    package static let closedPipe = Self(rawValue: "closedPipe")
}
