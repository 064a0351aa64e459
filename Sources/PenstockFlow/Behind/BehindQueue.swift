/// Carries work from tasks to the threads that do it behind them, a bounded number of pieces at a time.
///
/// Tasks that find it full are suspended or turned away; only the threads ever block. Each of them takes pieces until
/// there is none, and then says how its work ended; the work as a whole ends with the last of them.
package final class BehindQueue<Item: Sendable>: Sendable {
    private let monitor: Monitor<StateMachine>

    /// Makes a queue of `limit` pieces for `threads` threads, each of which calls `end` once.
    package init(limit: Int, whenFull: WhenFull, threads: Int = 1) {
        precondition(limit > 0, "a queue holds at least one piece of work")
        precondition(threads > 0, "somebody does the work")
        monitor = Monitor(StateMachine(limit: limit, whenFull: whenFull, threads: threads))
    }
}

/// What tasks do.
extension BehindQueue {
    /// Brings a piece of work; `false` when it was dropped.
    ///
    /// - Throws: What ended the work behind, or `CancellationError` where the wait for room or the work was cancelled.
    package func add(_ item: Item) async throws -> Bool {
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
    package func finish() async throws {
        try await withCheckedThrowingContinuation { continuation in
            carryOut(monitor.withLock { $0.finish(continuation) })
        }
    }

    /// Ends the work as soon as the pieces in hand are done.
    package func cancel() {
        carryOut(monitor.withLock { $0.cancel() })
    }

    /// How many pieces were turned away.
    package var droppedCount: Int { monitor.withLock { $0.droppedCount } }

    /// How many pieces have found room so far.
    package var acceptedCount: Int { monitor.withLock { $0.acceptedCount } }

    private func giveUp(_ ticket: Int) {
        carryOut(monitor.withLock { $0.giveUp(ticket) })
    }
}

/// What the threads do.
extension BehindQueue {
    /// The next piece; `nil` when there will be none. Sleeps until one or the other is so.
    package func next() -> Item? {
        let (item, action): (Item?, Action) = monitor.wait(.loaders) { $0.next() }
        carryOut(action)
        return item
    }

    /// Whether the work was called off.
    package var isCancelled: Bool { monitor.withLock { $0.isCancelled } }

    /// Says how a thread's work ended; that thread does no more. The first failure ends the work of the others too.
    package func end(_ outcome: Result<Void, any Error>) {
        carryOut(monitor.withLock { $0.end(outcome) })
    }
}

extension BehindQueue {
    /// What remains to be done once the lock is given up.
    struct Action {
        var answers: [(CheckedContinuation<Bool, any Error>, Result<Bool, any Error>)] = []
        var finished: [(CheckedContinuation<Void, any Error>, Result<Void, any Error>)] = []
        var wakesThreads = false
    }

    private func carryOut(_ action: Action) {
        if action.wakesThreads { monitor.wakeAll(.loaders) }
        for (continuation, answer) in action.answers { continuation.resume(with: answer) }
        for (continuation, outcome) in action.finished { continuation.resume(with: outcome) }
    }
}
