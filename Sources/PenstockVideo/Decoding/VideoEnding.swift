internal import PenstockCore

/// How a video came to its end, and whether that is where it should end.
final class VideoEnding {
    private let frameCount: Int?
    private let timeout: Duration
    private var failure: Int32?
    private var isStalled = false
    private var lastTime: Duration?
    private var hasShown = false
    /// Frames that the container has given so far.
    var packets = 0
    /// Whether somebody asked for the end.
    private(set) var isStopped = false

    init(frameCount: Int?, timeout: Duration) {
        self.frameCount = frameCount
        self.timeout = timeout
    }

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

    /// Takes note of a frame that came out.
    func show(_ time: Duration?) {
        hasShown = true
        lastTime = time ?? lastTime
    }

    /// What is wrong with the end; `nil` where nothing is.
    var problem: PenstockError? {
        if isStopped { return nil }
        if isStalled { return .stalled(timeout) }
        if let frameCount, packets < frameCount { return .cutShort(at: lastTime, packets, of: frameCount) }
        if let failure { return .readingVideo(failure, after: lastTime, packets) }
        return hasShown ? nil : .nothingDecoded
    }
}
