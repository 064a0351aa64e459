internal import Glibc
internal import PenstockCore
internal import PenstockFlow

/// What the engines are doing in this process, which its end waits for.
///
/// An engine's library destroys at exit what its threads are using, which ends in a crash. So whatever runs its code is
/// counted here: `exit` waits some seconds for what is under way, and nothing else begins.
enum EngineActivity {
    /// What is done with an engine.
    enum Work: Hashable, Sendable {
        /// Its library or a model is looked at or let go of.
        case handling
        /// A model is made ready, with a trial perhaps.
        case compiling
        /// A request runs.
        case running
    }

    fileprivate struct State: Sendable {
        /// Threads inside, and runs that go on without one.
        var underWay = 0
        /// How often each thread inside has entered.
        var depths: [pthread_t: Int] = [:]
        /// Until when the process waits at its end; `nil` before that.
        var deadline: MonotonicTime?
        /// After what the exit handler has been set up.
        var handled: Set<[EngineKind: Work]> = []
    }

    private static let monitor = Monitor(State())

    /// How long the end of the process waits.
    private static let patience = Duration.seconds(5)

    /// Does something with an engine. Never begins in a process that is ending, unless as a part of what is under way.
    ///
    /// - Parameter isUnderWay: Whether this only ends what `hold` began.
    static func during<Result, Failure: Error>(
        _ kind: EngineKind,
        _ work: Work = .handling,
        isUnderWay: Bool = false,
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        enter(isUnderWay)
        defer { leave([kind: work]) }
        return try body()
    }

    /// Counts a run that goes on when the caller has returned, until `letGo`.
    static func hold() {
        monitor.wait(.loaders) { (state) -> Waiting<Void> in
            guard state.mayBegin else { return .until(nil) }
            state.underWay += 1
            return .ready(())
        }
    }

    /// Ends what `hold` began.
    static func letGo() {
        monitor.withLock { $0.underWay -= 1 }
        monitor.wakeAll(.source)
    }
}

extension EngineActivity {
    private static func enter(_ isUnderWay: Bool) {
        setUp(after: [:])
        monitor.wait(.loaders) { (state) -> Waiting<Void> in
            guard isUnderWay || state.mayBegin else { return .until(nil) }
            let depth = state.depths[pthread_self(), default: 0]
            state.depths[pthread_self()] = depth + 1
            if depth == 0 { state.underWay += 1 }
            return .ready(())
        }
    }

    private static func leave(_ work: [EngineKind: Work]) {
        setUp(after: work)
        monitor.withLock { state in
            let depth = state.depths[pthread_self(), default: 1] - 1
            state.depths[pthread_self()] = depth == 0 ? nil : depth
            if depth == 0 { state.underWay -= 1 }
        }
        monitor.wakeAll(.source)
    }

    /// Has `exit` call `end`: from the very first, and again once each engine has done each kind of work.
    ///
    /// Handlers run last come, first served, and a library sets its own up when it first works. One that could not be
    /// set up for want of memory is tried again the next time.
    private static func setUp(after work: [EngineKind: Work]) {
        monitor.withLock { state in
            guard !state.handled.contains(work), state.deadline == nil else { return }
            if atexit({ EngineActivity.end() }) == 0 { state.handled.insert(work) }
        }
    }

    /// Waits for what other threads have under way, and lets nothing begin.
    private static func end() {
        monitor.wait(.source) { (state) -> Waiting<Void> in
            let deadline = state.deadline ?? .now + patience
            state.deadline = deadline
            let own = state.depths[pthread_self()] == nil ? 0 : 1
            return state.underWay <= own || .now >= deadline ? .ready(()) : .until(deadline)
        }
    }
}

extension EngineActivity.State {
    /// Whether something may begin on this thread.
    fileprivate var mayBegin: Bool { deadline == nil || depths[pthread_self()] != nil }
}
