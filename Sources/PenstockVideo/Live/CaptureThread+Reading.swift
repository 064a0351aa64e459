internal import PenstockCore
internal import PenstockFlow

// One connection, from its first frame to its last.

extension CaptureThread {
    /// Gives out what a connection brings until it is over.
    mutating func read(_ input: any LiveInput) -> Ending {
        timeline.beginConnection()
        while let element = input.next() {
            guard flushFailure() else { return .stopped }
            switch element {
            case .frame(let frame): guard take(frame, of: input) else { return .stopped }
            case .failure(let moment, let error): lastFailure = (moment, error)
            }
        }
        defer { lastFailure = nil }
        return capture.isStopped ? .stopped : .broken(lastFailure?.error)
    }

    private mutating func take(_ frame: VideoFrame, of input: any LiveInput) -> Bool {
        let arrival = arrival(of: frame, input)
        guard !capture.isStopped, flushHeldFailures(at: arrival) else { return false }
        let moment = timeline.place(frame.moment, at: arrival.monotonic)
        meter.add(frame: moment.frame, at: .nanoseconds(arrival.monotonic.nanoseconds))
        let rate = meter.rate(claimed: input.claimedRate)
        capture.state.withLock { state in
            state.report.decoded += 1
            state.report.rate = rate
        }
        if isBeyondLength(moment) { return false }
        guard welcome(moment, at: arrival) else { return false }
        let candidate = SamplingPlan.Candidate(rank: moment.frame, time: moment.time, isKeyframe: frame.isKeyframe)
        if plan?.count(candidate) == 0 { return true }
        return deliver(.frame(LiveFrame(frame: frame, moment: moment, arrival: arrival)))
    }

    /// Whether as much has been captured as was wanted.
    private mutating func isBeyondLength(_ moment: FrameMoment) -> Bool {
        beginning = beginning ?? moment.time
        guard let length = capture.configuration.length, let beginning, let time = moment.time else { return false }
        return time - beginning >= length
    }

    /// A frame of a file arrives when its turn comes; any other came in with the last bytes.
    private mutating func arrival(of frame: VideoFrame, _ input: any LiveInput) -> Arrival {
        guard let due = pacer?.due(frame.moment.time, at: .now) else { return Arrival.now.moved(to: input.lastArrival) }
        capture.sleep(until: due)
        return .now
    }

    /// Says that frames come, or come again, when this is the first that does.
    private mutating func welcome(_ moment: FrameMoment, at arrival: Arrival) -> Bool {
        defer { outage = nil }
        guard let outage, outage.isGap else {
            defer { hasBegun = true }
            return hasBegun ? true : tell(.connected, at: moment.time, "The first frame is here.")
        }
        let gap = arrival.monotonic - outage.began
        capture.state.withLock { $0.report.gapTime += gap }
        return tell(.reconnected, at: moment.time, gap: gap, "Frames come again, after \(gap.rounded).")
    }
}

// MARK: - Failures

extension CaptureThread {
    /// Gives out the last failure, once something after it has shown that it did not end the connection.
    private mutating func flushFailure() -> Bool {
        guard let (moment, error) = lastFailure.take() else { return true }
        let now = Arrival.now
        capture.state.withLock { $0.report.failed += 1 }
        guard flushHeldFailures(at: now) else { return false }
        guard throttle.admits(at: now.monotonic) else { return true }
        return deliver(.failure(timeline.place(moment), error, now))
    }

    /// Tells of failures that were too many to be told one by one.
    mutating func flushHeldFailures(at now: Arrival, atEnd: Bool = false) -> Bool {
        guard let count = throttle.takeHeld(at: atEnd ? nil : now.monotonic) else { return true }
        return deliver(.failure(timeline.upcoming, .furtherFailures(count), now))
    }
}

extension PenstockError {
    static func furtherFailures(_ count: Int) -> Self {
        Self(
            .corrupt,
            at: .decode,
            "\(count) more frame\(count == 1 ? "" : "s") of the stream could not be decoded in the same second; the connection may be losing data."
        )
    }
}
