internal import Synchronization

/// Whether somebody has asked a job to end before its end.
final class Interruption: Sendable {
    private let flag = Atomic(false)

    /// Calls `stop` at the first signal.
    init(_ stop: @escaping @Sendable () -> Void) {
        Interrupts.onFirst { [self] in
            flag.store(true, ordering: .relaxed)
            stop()
        }
    }

    /// Whether it has come.
    var hasCome: Bool { flag.load(ordering: .relaxed) }
}
