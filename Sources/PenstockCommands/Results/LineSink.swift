internal import PenstockCore
internal import PenstockFlow

/// Writes results behind the job: callers leave bytes here, and a thread of its own writes them.
final class LineSink: Sendable {
    private struct State: Sendable {
        var waiting: [UInt8] = []
        var isWriting = false
        var isClosed = false
        var failure: PenstockError?
        var writer: CheckedContinuation<Void, Never>?
        var timeWriting = Duration.zero
    }

    /// Bytes that may wait before a caller has to.
    private static let bound = 1 << 20

    private let state = Monitor(State())
    private let sink: any ByteSink

    /// Starts writing to a sink that waits.
    init(_ sink: any ByteSink) throws(PenstockError) {
        self.sink = sink
        try DedicatedThread.start { self.run() }
    }
}

// MARK: - The caller's side

extension LineSink {
    /// Leaves bytes to be written. Returns at once unless too much is waiting already.
    ///
    /// - Throws: What an earlier write failed with.
    func write(_ bytes: [UInt8]) async throws {
        let mustWait = try state.withLock { (state) throws(PenstockError) in
            if let failure = state.failure { throw failure }
            state.waiting += bytes
            return state.waiting.count > Self.bound
        }
        state.wakeAll(.loaders)
        if mustWait { try await waitUntil { $0.waiting.count <= Self.bound } }
    }

    /// Waits until everything has been written, and ends the thread.
    ///
    /// - Throws: What a write failed with.
    func finish() async throws {
        state.withLock { $0.isClosed = true }
        state.wakeAll(.loaders)
        try await waitUntil { $0.waiting.isEmpty && !$0.isWriting }
    }

    /// How long writing has taken so far.
    var timeWriting: Duration { state.withLock { $0.timeWriting } }

    private func waitUntil(_ isMet: @Sendable (borrowing State) -> Bool) async throws {
        while true {
            let isDone = try state.withLock { (state) throws(PenstockError) in
                if let failure = state.failure { throw failure }
                return isMet(state)
            }
            if isDone { return }
            await withCheckedContinuation { continuation in
                let resumeNow = state.withLock { state in
                    if isMet(state) || state.failure != nil { return true }
                    precondition(state.writer == nil, "one task at a time writes to a sink")
                    state.writer = continuation
                    return false
                }
                if resumeNow { continuation.resume() }
            }
        }
    }
}

// MARK: - The thread

extension LineSink {
    private func run() {
        while let bytes = nextBytes() {
            let start = MonotonicTime.now
            let failure = failure(writing: bytes)
            let writer = state.withLock { state in
                state.isWriting = false
                state.timeWriting += .now - start
                state.failure = state.failure ?? failure
                return state.writer.take()
            }
            writer?.resume()
        }
    }

    private func nextBytes() -> [UInt8]? {
        state.wait(.loaders) { state in
            if state.failure != nil { return .ready(nil) }
            if state.waiting.isEmpty { return state.isClosed ? .ready(nil) : .until(nil) }
            state.isWriting = true
            defer { state.waiting = [] }
            return .ready(state.waiting)
        }
    }

    private func failure(writing bytes: [UInt8]) -> PenstockError? {
        do throws(PenstockError) {
            try sink.write(bytes)
            return nil
        } catch {
            return error
        }
    }
}
