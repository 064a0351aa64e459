public import PenstockFlow

/// What a job did and where its time went.
public struct JobSummary: Hashable, Sendable {
    /// Where every item went.
    public var accounting: Accounting
    /// From the first item asked for to the last result taken, in seconds.
    public var seconds: Double
    /// Seconds by stage, summed over threads.
    public var stages: StageTimes
    /// Threads that loaded.
    public var workers: Int
    /// Batches in existence: of one model its inference requests, of a panel what each model has one or several for.
    public var requests: Int
    /// Places in a batch.
    public var batch: Int
    /// From arrival to result, for what came over time; `nil` where nothing did.
    public var latency: LatencySummary?
    /// What came of each video and stream.
    public var streams: [StreamSummary] = []
    /// What was drawn, where anything was to be.
    public var drawing: DrawingSummary?

    /// Makes a summary.
    public init(
        accounting: Accounting,
        seconds: Double,
        stages: StageTimes,
        workers: Int,
        requests: Int,
        batch: Int
    ) {
        self.accounting = accounting
        self.seconds = seconds
        self.stages = stages
        self.workers = workers
        self.requests = requests
        self.batch = batch
    }
}

extension JobSummary {
    /// Items that ended in a result or an error, a second.
    public var itemsPerSecond: Double {
        seconds > 0 ? Double(accounting.done + accounting.failed) / seconds : 0
    }
}
