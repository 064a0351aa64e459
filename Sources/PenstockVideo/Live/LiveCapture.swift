package import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// Reads one live source on a thread of its own, for as long as it lasts: connects, gives out frames as they arrive, and
/// connects again when frames stop coming.
///
/// A regular file that is given as live is paced by its own times, as if it were being sent.
package final class LiveCapture: Sendable {
    /// Takes what arrives, on the capture's thread, where it may block; `false` ends the capture.
    package typealias Delivery = @Sendable (LiveElement) -> Bool

    struct State: Sendable {
        var report = StreamReport()
        var isStopped = false
        var isEnded = false
        var whenEnded: (@Sendable () -> Void)?
    }

    let configuration: Configuration
    let pool: FramePool
    let state = Monitor(State())
    private let stopping = CancellationFlag()
    private let opener: LiveInputOpener

    /// Resolving a host's name is the one wait that cannot be cut short; who stops a capture does not wait for it.
    private static let stopPatience = Duration.milliseconds(800)

    /// Makes a capture that has not begun.
    package convenience init(_ configuration: Configuration) {
        self.init(configuration) { (location, options, pool, stopping) throws(PenstockError) in
            try VideoInput(location, options: options, pool: pool, stopping: stopping)
        }
    }

    /// Makes a capture that connects by `opener`.
    init(_ configuration: Configuration, opener: @escaping LiveInputOpener) {
        var configuration = configuration
        configuration.options.isLowDelay = true
        self.configuration = configuration
        self.opener = opener
        pool = FramePool(limit: configuration.frameLimit)
    }
}

extension LiveCapture {
    /// Starts to capture. `whenEnded` is called once, on any thread, after the last delivery.
    ///
    /// - Throws: When the system refuses a thread. Nothing is called then.
    package func start(
        _ deliver: @escaping Delivery,
        whenEnded: @escaping @Sendable () -> Void = {}
    ) throws(PenstockError) {
        state.withLock { $0.whenEnded = whenEnded }
        try DedicatedThread.start {
            // A connection that could not be interrupted may come to life after the capture has ended without it.
            var thread = CaptureThread(capture: self) { !self.isEnded && deliver($0) }
            thread.run()
            self.end()
        }
    }

    /// Ends the capture within a second, whatever it is waiting for. Returns at once, and may be called again.
    package func stop() {
        let isFirst = state.withLock { state in
            defer { state.isStopped = true }
            return !state.isStopped && !state.isEnded
        }
        guard isFirst else { return }
        stopping.raise()
        pool.close()
        state.wakeAll(.source)
        do throws(PenstockError) { try DedicatedThread.start { self.awaitEnd() } } catch { end() }
    }

    /// What came of the stream so far.
    package var report: StreamReport { state.withLock { $0.report } }

    /// Notes frames that were given up after they were delivered, for the report.
    package func noteDrops(_ count: Int) {
        state.withLock { $0.report.dropped += count }
    }

    private func awaitEnd() {
        let deadline = MonotonicTime.now + Self.stopPatience
        state.wait(.loaders) { $0.isEnded || .now >= deadline ? .ready(()) : .until(deadline) }
        end()
    }

    private func end() {
        let whenEnded = state.withLock { state in
            state.isEnded = true
            return state.whenEnded.take()
        }
        state.wakeAll(.loaders)
        whenEnded?()
    }
}

// MARK: - For the capture's thread

extension LiveCapture {
    private var isEnded: Bool { state.withLock { $0.isEnded } }

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Connects.
    func open() throws(PenstockError) -> any LiveInput {
        try opener(configuration.location, configuration.options, pool, stopping)
    }

    /// Sleeps until a time, or until the capture is stopped.
    func sleep(until time: MonotonicTime) {
        state.wait(.source) { $0.isStopped || .now >= time ? .ready(()) : .until(time) }
    }
}
