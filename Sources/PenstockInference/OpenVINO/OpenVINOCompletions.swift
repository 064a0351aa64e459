internal import PenstockCore
internal import PenstockFlow

/// Hands finished requests back on a thread of its own.
///
/// The library calls back on the very thread that should start the next inference, and before it will say whether
/// this one failed. So the callback only leaves the request here.
final class OpenVINOCompletions: Sendable {
    private struct State: Sendable {
        var finished: [OpenVINORequest] = []
        var isStarted = false
        var isStopped = false
    }

    private let state = Monitor(State())

    /// Starts the thread when there is none.
    func startOnce() throws(PenstockError) {
        let isFirst = state.withLock { state in
            defer { state.isStarted = true }
            return !state.isStarted
        }
        guard isFirst else { return }
        // Only the monitor is kept by the thread, so that a model nobody uses can go.
        do {
            try DedicatedThread.start { [state] in
                while let requests = Self.next(state) {
                    for request in requests { request.finish() }
                }
            }
        } catch {
            state.withLock { $0.isStarted = false }
            throw error
        }
    }

    /// Ends the thread once it has handed everything back.
    func stop() {
        state.withLock { $0.isStopped = true }
        state.wakeAll(.loaders)
    }

    /// Leaves a request whose run has ended.
    func add(_ request: OpenVINORequest) {
        state.withLock { $0.finished.append(request) }
        state.wakeAll(.loaders)
    }

    private static func next(_ state: Monitor<State>) -> [OpenVINORequest]? {
        state.wait(.loaders) { state in
            if !state.finished.isEmpty {
                defer { state.finished.removeAll(keepingCapacity: true) }
                return .ready(state.finished)
            }
            return state.isStopped ? .ready(nil) : .until(nil)
        }
    }
}
