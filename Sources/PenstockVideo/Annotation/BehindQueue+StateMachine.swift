internal import PenstockFlow

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
        private var isClosed = false
        private var outcome: Result<Void, any Error>?
        private(set) var isCancelled = false
        private(set) var droppedCount = 0

        init(limit: Int, whenFull: WhenFull) {
            self.limit = limit
            self.whenFull = whenFull
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
            return Action(answers: [(continuation, .success(true))], wakesThread: true)
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
        if let outcome { return Action(finished: [(continuation, outcome)]) }
        finishing.append(continuation)
        return Action(wakesThread: true)
    }

    mutating func cancel() -> Action {
        guard outcome == nil, !isCancelled else { return Action() }
        isCancelled = true
        return turnEveryoneAway(CancellationError())
    }

    mutating func next() -> Waiting<(Item?, Action)> {
        if isCancelled { return .ready((nil, Action())) }
        guard !items.isEmpty else { return isClosed ? .ready((nil, Action())) : .until(nil) }
        let item = items.removeFirst()
        guard !waiting.isEmpty else { return .ready((item, Action())) }
        let first = waiting.removeFirst()
        items.append(first.item)
        return .ready((item, Action(answers: [(first.continuation, .success(true))])))
    }

    mutating func end(_ outcome: Result<Void, any Error>) -> Action {
        self.outcome = outcome
        var action = turnEveryoneAway(refusal ?? CancellationError())
        action.finished = finishing.map { ($0, outcome) }
        finishing = []
        return action
    }

    /// Why no work is taken any more.
    private var refusal: (any Error)? {
        if case .failure(let error) = outcome { return error }
        return isCancelled || isClosed ? CancellationError() : nil
    }

    private mutating func turnEveryoneAway(_ error: any Error) -> Action {
        let answers = waiting.map { ($0.continuation, Result<Bool, any Error>.failure(error)) }
        waiting = []
        items = []
        return Action(answers: answers, wakesThread: true)
    }
}
