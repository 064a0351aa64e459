extension BehindQueue {
    /// What a queue decides, without a lock or a thread.
    struct StateMachine: Sendable {
        private struct Newcomer: Sendable {
            let ticket: Int
            let item: Item
            let continuation: CheckedContinuation<Bool, any Error>
        }

        private let limit: Int
        private let whenFull: WhenFull
        private var items: [Item] = []
        private var waiting: [Newcomer] = []
        private var finishing: [CheckedContinuation<Void, any Error>] = []
        private var lastTicket = 0
        /// Threads whose work has not ended.
        private var threads: Int
        private var isClosed = false
        private var failure: (any Error)?
        private(set) var isCancelled = false
        private(set) var droppedCount = 0
        private(set) var acceptedCount = 0

        init(limit: Int, whenFull: WhenFull, threads: Int) {
            self.limit = limit
            self.whenFull = whenFull
            self.threads = threads
            items.reserveCapacity(limit)
        }
    }
}

extension BehindQueue.StateMachine {
    typealias Action = BehindQueue<Item>.Action

    mutating func newTicket() -> Int {
        lastTicket += 1
        return lastTicket
    }

    mutating func add(_ item: Item, _ ticket: Int, _ continuation: CheckedContinuation<Bool, any Error>) -> Action {
        if let refusal { return Action(answers: [(continuation, .failure(refusal))]) }
        if items.count < limit {
            items.append(item)
            acceptedCount += 1
            return Action(answers: [(continuation, .success(true))], wakesThreads: true)
        }
        guard whenFull == .wait else {
            droppedCount += 1
            return Action(answers: [(continuation, .success(false))])
        }
        waiting.append(Newcomer(ticket: ticket, item: item, continuation: continuation))
        return Action()
    }

    /// Takes back work that waits for room; what has found room is done.
    mutating func giveUp(_ ticket: Int) -> Action {
        guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return Action() }
        return Action(answers: [(waiting.remove(at: index).continuation, .failure(CancellationError()))])
    }

    mutating func finish(_ continuation: CheckedContinuation<Void, any Error>) -> Action {
        isClosed = true
        if threads == 0 { return Action(finished: [(continuation, outcome)]) }
        finishing.append(continuation)
        return Action(wakesThreads: true)
    }

    mutating func cancel() -> Action {
        guard threads > 0, !isCancelled else { return Action() }
        isCancelled = true
        return turnEveryoneAway(CancellationError())
    }

    mutating func next() -> Waiting<(Item?, Action)> {
        if isCancelled || failure != nil { return .ready((nil, Action())) }
        guard !items.isEmpty else { return isClosed ? .ready((nil, Action())) : .until(nil) }
        let item = items.removeFirst()
        guard !waiting.isEmpty else { return .ready((item, Action())) }
        let first = waiting.removeFirst()
        items.append(first.item)
        acceptedCount += 1
        // Another thread may sleep that was told of none of the two.
        return .ready((item, Action(answers: [(first.continuation, .success(true))], wakesThreads: true)))
    }

    mutating func end(_ outcome: Result<Void, any Error>) -> Action {
        threads = max(0, threads - 1)
        var action = Action()
        if failure == nil, case .failure(let error) = outcome {
            failure = error
            action = turnEveryoneAway(error)
        }
        guard threads == 0 else { return action }
        action.answers += turnEveryoneAway(CancellationError()).answers
        action.finished = finishing.map { ($0, self.outcome) }
        finishing = []
        return action
    }

    private var outcome: Result<Void, any Error> { failure.map { .failure($0) } ?? .success(()) }

    /// Why no work is taken any more.
    private var refusal: (any Error)? {
        failure ?? (isCancelled || isClosed || threads == 0 ? CancellationError() : nil)
    }

    private mutating func turnEveryoneAway(_ error: any Error) -> Action {
        let answers = waiting.map { ($0.continuation, Result<Bool, any Error>.failure(error)) }
        waiting = []
        items = []
        return Action(answers: answers, wakesThreads: true)
    }
}
