internal import Synchronization

/// Says that a job is to end, to whoever waits for something that may take long.
final class StopFlag: Sendable {
    private let isRaised = Atomic(false)

    /// Whether the job is to end.
    var isSet: Bool { isRaised.load(ordering: .relaxed) }

    /// Ends the job's long waits.
    func set() {
        isRaised.store(true, ordering: .relaxed)
    }
}
