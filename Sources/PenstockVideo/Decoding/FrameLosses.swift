internal import PenstockCore

/// Tells frames that were lost to damage from packets that never were frames.
///
/// A decoder says that data could not be decoded, on whatever thread and however late; which frames that cost shows
/// when later ones come out without them.
struct FrameLosses {
    /// Longer runs of lost frames are reported as one failure.
    private static let mostReported = 16
    /// A complaint that cost no frame by then has cost none.
    private static let patience = 64
    /// A frame that only says that the last one stays is no larger.
    private static let emptyFrameBytes = 32

    private let clock: StreamClock
    /// Whether two packets may make one frame.
    private let storesFields: Bool
    private var complaints = 0
    private var complaint = DecoderComplaint()
    private var shownSince = 0
    private var hasBegun = false
    private var hasShown = false

    init(_ clock: StreamClock, storesFields: Bool) {
        self.clock = clock
        self.storesFields = storesFields
    }

    /// Marks the first keyframe: what could not be decoded before it was cut off on purpose.
    mutating func begin() {
        hasBegun = true
    }

    /// Takes note of a decoder's complaint.
    mutating func note(_ status: Int32) {
        guard hasBegun else { return }
        complaints += 1
        complaint = DecoderComplaint(status)
        shownSince = 0
    }

    /// Takes note of a frame that came out.
    mutating func show() {
        hasShown = true
        shownSince += 1
        if shownSince > Self.patience { complaints = 0 }
    }

    /// Which of the packets that a frame has left behind are lost frames.
    ///
    /// - Parameter passed: The packets; `nil` where they carry no times to tell by: then each complaint is a frame.
    mutating func take(_ passed: [FrameRanks.Waiting]?) -> [FrameRanks.Waiting?] {
        defer { if passed?.isEmpty != true { complaints = 0 } }
        guard let passed else { return Array(repeating: nil, count: complaints) }
        if complaints > 0 { return passed }
        // At the beginning, what leans on frames that are not there is not shown; later a decoder may drop in silence.
        guard hasShown, !storesFields else { return [] }
        return passed.filter { $0.byteCount > Self.emptyFrameBytes }
    }

    /// The failures for lost frames, given in the order in which they would have been shown.
    func failures(_ lost: [FrameMoment]) -> [(FrameMoment, PenstockError)] {
        guard lost.count > Self.mostReported, let first = lost.first else {
            return lost.map { ($0, .undecodable(complaint)) }
        }
        return [(first, .undecodable(lost.count, until: lost.last?.time, complaint))]
    }

    /// Where a lost frame would have been.
    func moment(_ rank: Int, _ packet: FrameRanks.Waiting?) -> FrameMoment {
        FrameMoment(
            frame: rank,
            time: packet.map { clock.time($0.ticks) },
            duration: packet.flatMap { clock.duration($0.duration) }
        )
    }
}
