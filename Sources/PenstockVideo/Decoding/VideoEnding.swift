internal import PenstockCore

/// Whether a video holds what it should: without gaps, and to the end.
final class VideoEnding {
    private let demuxer: Demuxer
    private let frameCount: Int?
    /// When the last frame should cease to be shown, as far as the container says.
    private let expectedEnd: Duration?
    private var failure: Int32?
    private var isStalled = false
    private var isDamaged = false
    private var shownSince = 0
    /// The frame that is shown last of all so far, whether it could be had or not.
    private var last: FrameMoment?
    /// Frames that the container has given so far.
    var packets = 0
    /// Whether somebody asked for the end.
    private(set) var isStopped = false

    init(_ demuxer: Demuxer, _ description: VideoDescription) {
        self.demuxer = demuxer
        frameCount = description.frameCount
        let isShared = description.audioCodec != nil
        // A container's duration is that of its longest stream.
        expectedEnd = isShared ? nil : description.duration.map { (description.start ?? .zero) + $0 }
    }

    /// When the last frame is shown.
    var lastTime: Duration? { last?.time }

    /// Whether a read gave a packet; if not, it was the last.
    func takes(_ outcome: Demuxer.Outcome) -> Bool {
        switch outcome {
        case .packet: return true
        case .end: break
        case .failed(let status): failure = status
        case .stalled: isStalled = true
        case .stopped: isStopped = true
        }
        return false
    }

    /// Takes note of a frame that came out, or is known to be lost.
    func show(_ moment: FrameMoment) {
        // Damage may put frames out of order; a gap lies behind the latest of them.
        if let known = last?.time, let time = moment.time, time < known { return }
        last = moment
    }
}

extension VideoEnding {
    /// Frames may be shown a little longer or shorter than they say.
    private static let slack: Duration = .milliseconds(20)
    /// A container may round its duration, and add what is not pictures.
    private static let endSlack: Duration = .seconds(1)
    /// Damage that left no gap by then has left none.
    private static let patience = 64

    /// The gap that damage has left before a frame that comes out now.
    func gap(before moment: FrameMoment) -> (moment: FrameMoment, error: PenstockError)? {
        if demuxer.takeComplaint() { (isDamaged, shownSince) = (true, 0) }
        guard isDamaged else { return nil }
        shownSince += 1
        if shownSince > Self.patience { isDamaged = false }
        guard let end = last?.end, let time = moment.time, time > end + Self.slack else { return nil }
        let place = FrameMoment(frame: moment.frame, time: end, duration: time - end)
        return (place, .missingFrames(from: end, to: time))
    }

    /// What is wrong with the end; `nil` where nothing is.
    var problem: PenstockError? {
        if isStopped { return nil }
        if isStalled { return .stalled(demuxer.patience.timeout) }
        if packets == 0, frameCount != nil, !demuxer.isSeekable { return .indexBehindFrames }
        if let frameCount, packets < frameCount { return .cutShort(at: lastTime, packets, of: frameCount) }
        if let failure { return .readingVideo(failure, after: lastTime, packets) }
        if last == nil { return .nothingDecoded }
        return endsEarly ? .cutShort(at: lastTime, packets, of: nil) : nil
    }

    /// Whether the container announced more than there was.
    private var endsEarly: Bool {
        guard let expectedEnd, let end = last?.end else { return false }
        let slack = isDamaged || demuxer.takeComplaint() ? Self.slack * 3 : Self.endSlack
        return end + slack < expectedEnd
    }
}

extension FrameMoment {
    /// When the frame ceases to be shown.
    fileprivate var end: Duration? {
        guard let time, let duration else { return nil }
        return time + duration
    }
}
