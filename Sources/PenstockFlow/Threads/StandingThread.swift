package import PenstockCore

/// A thread that does what tasks ask of it, one thing after the other, while they are suspended.
package final class StandingThread: Sendable {
    private struct State: Sendable {
        var work: [@Sendable () -> Void] = []
        var isClosed = false
    }

    private let monitor = Monitor(State())

    /// Starts the thread, which ends when this object is let go of.
    package init() throws(PenstockError) {
        try DedicatedThread.start { [monitor] in
            while Self.runNext(monitor) {}
        }
    }

    deinit {
        monitor.withLock { $0.isClosed = true }
        monitor.wakeAll(.loaders)
    }

    /// Runs `body` on the thread, after whatever was asked of it before.
    package func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            monitor.withLock { $0.work.append { continuation.resume(with: Swift.Result { try body() }) } }
            monitor.wakeOne(.loaders)
        }
    }

    /// Does the next thing, and lets go of it before it waits for another; `false` when there will be none.
    private static func runNext(_ monitor: Monitor<State>) -> Bool {
        guard let work = next(monitor) else { return false }
        work()
        return true
    }

    private static func next(_ monitor: Monitor<State>) -> (@Sendable () -> Void)? {
        monitor.wait(.loaders) { state in
            guard state.work.isEmpty else { return .ready(state.work.removeFirst()) }
            return state.isClosed ? .ready(nil) : .until(nil)
        }
    }
}
