public import PenstockFlow

/// What a processing job did and where its time went.
public struct ProcessSummary: Hashable, Sendable {
    /// Where every item went; those that were skipped are done.
    public var accounting: Accounting
    /// How many of the done were skipped, because their files were there.
    public var skipped: Int
    /// Bytes in the files written.
    public var bytesWritten: Int
    /// From the first item asked for to the last result taken, in seconds.
    public var seconds: Double
    /// Seconds by stage, summed over threads: `infer` is none, `preprocess` the operations, `write` encoding and the disk.
    public var stages: StageTimes
    /// Threads that decoded, transformed and encoded.
    public var workers: Int
    /// What came of each video.
    public var streams: [StreamSummary]
}

extension ProcessSummary {
    /// Items that ended in a file or an error, a second.
    public var itemsPerSecond: Double {
        seconds > 0 ? Double(accounting.done + accounting.failed) / seconds : 0
    }
}
