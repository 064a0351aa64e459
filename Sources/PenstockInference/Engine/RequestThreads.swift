internal import PenstockCore
internal import PenstockFlow

/// Carries requests on, each on one of a few threads of its own.
///
/// An engine may block its caller until an inference has run, or call back on a thread that must not be held up; the
/// request waits here for a thread that may be.
final class RequestThreads: Sendable {
    private struct State: Sendable {
        var waiting: [any WaitingRequest] = []
        var started = 0
        var isStopped = false
    }

    private let state = Monitor(State())
    private let count: Int
    private let kind: EngineKind
    private let endsRuns: Bool

    /// Makes as many threads as may be blocked at once; they start with the first request that is made.
    ///
    /// - Parameter endsRuns: Whether they only end runs that are held under way already.
    init(count: Int, of kind: EngineKind, endsRuns: Bool = false) {
        self.count = count
        self.kind = kind
        self.endsRuns = endsRuns
    }

    /// Starts the threads that there are not yet.
    func startOnce() throws(PenstockError) {
        while claimOne() {
            // Only the monitor is kept by the thread, so that a model nobody uses can go.
            do {
                try DedicatedThread.start { [state, kind, endsRuns] in
                    while Self.carryOnNext(state, kind, endsRuns) {}
                }
            } catch {
                state.withLock { $0.started -= 1 }
                throw error
            }
        }
    }

    /// Ends the threads once they have carried everything on.
    func stop() {
        state.withLock { $0.isStopped = true }
        state.wakeAll(.loaders)
    }

    /// Leaves a request to be carried on.
    func add(_ request: any WaitingRequest) {
        state.withLock { $0.waiting.append(request) }
        state.wakeOne(.loaders)
    }

    private func claimOne() -> Bool {
        state.withLock { state in
            guard state.started < count else { return false }
            state.started += 1
            return true
        }
    }

    /// Carries the oldest request on, and lets go of it before waiting for another; `false` when there will be none.
    private static func carryOnNext(_ state: Monitor<State>, _ kind: EngineKind, _ endsRuns: Bool) -> Bool {
        var request = next(state)
        guard request != nil else { return false }
        // The last reference may be this one, and with it goes what the engine holds.
        EngineActivity.during(kind, .running, isUnderWay: endsRuns) { request.take()?.carryOn() }
        return true
    }

    private static func next(_ state: Monitor<State>) -> (any WaitingRequest)? {
        state.wait(.loaders) { state in
            guard state.waiting.isEmpty else { return .ready(state.waiting.removeFirst()) }
            return state.isStopped ? .ready(nil) : .until(nil)
        }
    }
}

/// A request that goes on when a thread has time for it.
protocol WaitingRequest: AnyObject, Sendable {
    /// Does what may block.
    func carryOn()
}
