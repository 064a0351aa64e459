internal import PenstockCore
internal import PenstockFlow

/// Carries work from tasks to one dedicated thread that does it behind them, a bounded number of pieces at a time.
///
/// Tasks that find it full are suspended or turned away; only the thread ever blocks.
final class BehindQueue<Item: Sendable>: Sendable {
    private let monitor: Monitor<StateMachine>

    /// Makes a queue of `limit` pieces.
    init(limit: Int, whenFull: WhenFull) {
        precondition(limit > 0, "a queue holds at least one piece of work")
        monitor = Monitor(StateMachine(limit: limit, whenFull: whenFull))
    }
}

/// What tasks do.
extension BehindQueue {
    /// Brings a piece of work; `false` when it was dropped.
    ///
    /// - Throws: What ended the work behind, or `CancellationError` where the wait for room or the work was cancelled.
    func add(_ item: Item) async throws -> Bool {
        let ticket = monitor.withLock { $0.newTicket() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                carryOut(monitor.withLock { $0.add(item, ticket, continuation) })
                // A cancellation before this found no ticket to give up.
                if Task.isCancelled { giveUp(ticket) }
            }
        } onCancel: {
            giveUp(ticket)
        }
    }

    /// Says that no work follows, and waits until all of it is done.
    ///
    /// - Throws: What ended the work behind; `CancellationError` where it was cancelled.
    func finish() async throws {
        try await withCheckedThrowingContinuation { continuation in
            carryOut(monitor.withLock { $0.finish(continuation) })
        }
    }

    /// Ends the work as soon as the piece in hand is done.
    func cancel() {
        carryOut(monitor.withLock { $0.cancel() })
    }

    /// How many pieces were turned away.
    var droppedCount: Int { monitor.withLock { $0.droppedCount } }

    private func giveUp(_ ticket: Int) {
        carryOut(monitor.withLock { $0.giveUp(ticket) })
    }
}

/// What the thread does.
extension BehindQueue {
    /// The next piece; `nil` when there will be none. Sleeps until one or the other is so.
    func next() -> Item? {
        let (item, action): (Item?, Action) = monitor.wait(.loaders) { $0.next() }
        carryOut(action)
        return item
    }

    /// Whether the work was called off.
    var isCancelled: Bool { monitor.withLock { $0.isCancelled } }

    /// Says how the work ended; the thread does no more.
    func end(_ outcome: Result<Void, any Error>) {
        carryOut(monitor.withLock { $0.end(outcome) })
    }
}

extension BehindQueue {
    /// What remains to be done once the lock is given up.
    struct Action {
        var answers: [(CheckedContinuation<Bool, any Error>, Result<Bool, any Error>)] = []
        var finished: [(CheckedContinuation<Void, any Error>, Result<Void, any Error>)] = []
        var wakesThread = false
    }

    private func carryOut(_ action: Action) {
        if action.wakesThread { monitor.wakeAll(.loaders) }
        for (continuation, answer) in action.answers { continuation.resume(with: answer) }
        for (continuation, outcome) in action.finished { continuation.resume(with: outcome) }
    }
}
