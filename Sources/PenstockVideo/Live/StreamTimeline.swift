internal import PenstockCore
internal import PenstockFlow

/// Gives the frames of a stream that breaks and comes again one count and one time, which only go on.
///
/// Within a connection a frame keeps the stream's own time. Where that cannot be (a new connection begins at some other
/// time; a stream jumps, or carries no times) it goes on by the clock on which frames arrive.
struct StreamTimeline: Sendable {
    /// A frame that was placed.
    private struct Mark {
        let time: Duration
        let arrival: MonotonicTime
    }

    /// The stream may run ahead of the clock by so much, as it does when a server sends what it had kept.
    static let mostAhead = Duration.seconds(10)

    private var last: Mark?
    private var lastFrame: Int?
    /// What is added to the numbers and times of this connection; the times' is `nil` until its first frame.
    private var firstFrame = 0
    private var shift: Duration?

    /// When the last frame came.
    var lastArrival: MonotonicTime? { last?.arrival }
    /// The time of the last frame.
    var lastTime: Duration? { last?.time }

    /// Where the next frame would stand; `nil` before the first.
    var upcoming: FrameMoment? { lastFrame.map { FrameMoment(frame: $0 + 1, time: last?.time) } }

    /// Begins a connection, whose frames count from 0 and whose times may be anything.
    mutating func beginConnection() {
        firstFrame = lastFrame.map { $0 + 1 } ?? 0
        shift = nil
    }

    /// Places a frame of the present connection.
    mutating func place(_ moment: FrameMoment, at arrival: MonotonicTime) -> FrameMoment {
        let time = time(of: moment, at: arrival)
        last = Mark(time: time, arrival: arrival)
        let frame = max(firstFrame + moment.frame, lastFrame.map { $0 + 1 } ?? 0)
        lastFrame = frame
        return FrameMoment(frame: frame, time: time, duration: moment.duration)
    }

    /// Places something that is not a frame, as far as its place is known.
    func place(_ moment: FrameMoment?) -> FrameMoment? {
        moment.map { moment in
            let time = shift.flatMap { shift in moment.time.map { $0 + shift } }
            return FrameMoment(frame: firstFrame + moment.frame, time: time ?? last?.time, duration: moment.duration)
        }
    }

    private mutating func time(of moment: FrameMoment, at arrival: MonotonicTime) -> Duration {
        guard let last else {
            shift = .zero
            return moment.time ?? .zero
        }
        // By the clock, and never at the same time as the frame before.
        let byClock = last.time + max(arrival - last.arrival, .milliseconds(1))
        guard let own = moment.time else { return byClock }
        if let shift, own + shift > last.time, own + shift <= byClock + Self.mostAhead { return own + shift }
        shift = byClock - own
        return byClock
    }
}
