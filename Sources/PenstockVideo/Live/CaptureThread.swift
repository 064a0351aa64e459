internal import PenstockCore
internal import PenstockFlow

/// What the thread of a capture does and keeps, from connection to connection.
struct CaptureThread {
    let capture: LiveCapture
    let deliver: LiveCapture.Delivery
    var pacer: FilePacer?
    var timeline = StreamTimeline()
    /// A server that has kept some of the stream sends that first, as fast as it can.
    var meter = RateMeter(warmUp: .seconds(1))
    var throttle = FailureThrottle()
    /// A failure that may turn out to be why the connection ended.
    var lastFailure: (moment: FrameMoment?, error: PenstockError)?
    private var backOff: BackOff
    private var generator = SystemRandomNumberGenerator()
    /// Says which frames are given out.
    var plan: SamplingPlan?
    /// The time of the first frame.
    var beginning: Duration?
    /// Whether there has been a frame.
    var hasBegun = false
    /// Since when no frame has come; `nil` while they do.
    var outage: Outage?

    init(capture: LiveCapture, deliver: @escaping LiveCapture.Delivery) {
        self.capture = capture
        self.deliver = deliver
        pacer = FilePacer(capture.configuration.location)
        let configuration = capture.configuration
        plan = try? SamplingPlan(configuration.sampling)
        backOff = BackOff(first: configuration.firstRetry, limit: configuration.longestRetry)
    }

    /// A time without frames.
    struct Outage {
        let began: MonotonicTime
        /// Whether there were frames before it.
        let isGap: Bool
        var attempts = 0
    }

    /// How a connection ended.
    enum Ending {
        /// Frames came, or did not, and then this happened; `nil` where the stream simply ended.
        case broken(PenstockError?)
        /// Nobody wants more.
        case stopped
    }
}

extension CaptureThread {
    /// Captures until there is nothing more to have, or nobody wants it.
    mutating func run() {
        while true {
            let began = MonotonicTime.now
            guard case .broken(let reason) = connect(), !capture.isStopped else { break }
            guard flushHeldFailures(at: .now, atEnd: true) else { break }
            noteOutage(since: began)
            guard mayTryAgain(after: reason) else { return giveUp(reason) }
            guard announce(reason) else { break }
            capture.sleep(until: .now + backOff.next(using: &generator))
        }
        end(capture.isStopped ? "The capture was stopped." : "As much was captured as was wanted.")
    }

    private mutating func connect() -> Ending {
        if capture.isStopped { return .stopped }
        do throws(PenstockError) {
            return read(try capture.open())
        } catch {
            return .broken(error)
        }
    }

    /// A connection that lasted earns the next one a quick first attempt.
    private mutating func noteOutage(since began: MonotonicTime) {
        guard outage == nil else { return }
        let lastFrame = timeline.lastArrival
        outage = Outage(began: lastFrame ?? began, isGap: lastFrame != nil)
        if let lastFrame, lastFrame - began > .seconds(1) { backOff.reset() }
    }

    private func mayTryAgain(after reason: PenstockError?) -> Bool {
        guard capture.configuration.location.comesAgain, let outage else { return false }
        let isHopeless = !outage.isGap && reason?.isBeyondRetrying == true
        return !isHopeless && capture.configuration.reconnection.allows(after: .now - outage.began)
    }

    /// Tells of an outage once, when the first attempt at ending it lies ahead.
    private mutating func announce(_ reason: PenstockError?) -> Bool {
        outage?.attempts += 1
        guard let outage, outage.attempts == 1 else { return true }
        if outage.isGap {
            meter.interrupt()
            capture.state.withLock { $0.report.gaps += 1 }
        }
        return tell(.disconnected, "\(reason?.message ?? "The stream ended.") It is tried again.")
    }
}
