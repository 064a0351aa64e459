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

    private let clock: StreamClock
    private var complaints = 0
    private var status: Int32 = 0
    private var shownSince = 0
    private var hasBegun = false
    private var hasShown = false

    init(_ clock: StreamClock) {
        self.clock = clock
    }

    /// Marks the first keyframe: what could not be decoded before it was cut off on purpose.
    mutating func begin() {
        hasBegun = true
    }

    /// Takes note of a decoder's complaint.
    mutating func note(_ status: Int32) {
        guard hasBegun else { return }
        complaints += 1
        self.status = status
        shownSince = 0
    }

    /// Takes note of a frame that came out.
    mutating func show() {
        hasShown = true
        shownSince += 1
        if shownSince > Self.patience { complaints = 0 }
    }

    /// How many frames are to be counted for packets of which none came, and whether they are lost.
    ///
    /// - Parameter passed: How many packets there are; `nil` where packets carry no times to tell by.
    mutating func judge(_ passed: Int?) -> (count: Int, areLost: Bool) {
        guard complaints > 0 else { return (hasShown ? passed ?? 0 : 0, false) }
        let count = passed ?? complaints
        if count > 0 { complaints = 0 }
        return (count, count > 0)
    }

    /// The failures for lost frames, given in the order in which they would have been shown.
    func failures(_ lost: [FrameMoment]) -> [(FrameMoment, PenstockError)] {
        guard lost.count > Self.mostReported, let first = lost.first else {
            return lost.map { ($0, .undecodable(status)) }
        }
        return [(first, .undecodable(lost.count, until: lost.last?.time, status))]
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
