import Synchronization

/// Tells blocking work on other threads to give up; once raised, it stays so.
package final class CancellationFlag: Sendable {
    private let raised = Atomic(false)

    package init() {}

    /// Whether the work is to stop.
    package var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Asks the work to stop.
    package func raise() { raised.store(true, ordering: .relaxed) }
}
