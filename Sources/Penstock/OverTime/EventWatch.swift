public import PenstockCore

/// Has a job tell when each class is seen in its videos.
public struct EventWatch: Sendable {
    /// What makes an event.
    public var rules: EventDetector.Configuration
    /// Called with each event once it is settled, from the task that takes the job's results.
    public var report: @Sendable (EventSegment) -> Void

    /// Has `report` called with each event.
    public init(
        rules: EventDetector.Configuration = EventDetector.Configuration(),
        report: @escaping @Sendable (EventSegment) -> Void
    ) {
        self.rules = rules
        self.report = report
    }
}
