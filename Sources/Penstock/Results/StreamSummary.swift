public import PenstockCore
public import PenstockVideo

/// What came of one video or live stream.
public struct StreamSummary: Hashable, Sendable {
    /// The path or address.
    public var source: FilePath
    /// Frames, gaps and rates.
    public var report: StreamReport

    /// Makes a summary.
    public init(source: FilePath, report: StreamReport) {
        self.source = source
        self.report = report
    }
}
