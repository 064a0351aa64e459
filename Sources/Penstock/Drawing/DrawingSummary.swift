public import PenstockCore

/// What a job has drawn.
public struct DrawingSummary: Hashable, Sendable {
    /// Frames and pictures that were written.
    public var written = 0
    /// Drawings that were left out so that live results did not wait.
    public var dropped = 0
    /// What could not be drawn: the first few, and how many there were.
    public var failures: [DrawingFailure] = []
    /// How many could not be drawn.
    public var failed = 0

    /// Makes a summary of nothing.
    public init() {}
}

/// Something that could not be drawn.
public struct DrawingFailure: Hashable, Sendable {
    /// The picture or the video.
    public var source: FilePath
    /// Why.
    public var error: PenstockError

    /// Makes a failure.
    public init(source: FilePath, error: PenstockError) {
        self.source = source
        self.error = error
    }
}

extension DrawingSummary {
    /// The failures that are kept; more are only counted.
    private static let mostKept = 16

    mutating func note(_ source: FilePath, _ error: PenstockError) {
        failed += 1
        if failures.count < Self.mostKept { failures.append(DrawingFailure(source: source, error: error)) }
    }
}
