public import PenstockCore
package import PenstockFlow
package import PenstockVideo

/// What became of one item of a job: a picture, or a frame of a video.
public struct ClassifiedPicture: Hashable, Sendable {
    /// Where the picture came from: the path or address as it was given or found.
    public var source: FilePath
    /// The item's place in the job, from 0, in the order of the source.
    public var index: Int
    /// Where a frame stands in its video; `nil` for a still.
    public var moment: FrameMoment?
    /// The picture's own size, upright; `nil` when it could not be read that far.
    public var size: ImageSize?
    /// Whether the file was cut short and decoded all the same, as was allowed.
    public var isTruncated: Bool = false
    /// Whether parts of a frame were missing and the decoder filled them in.
    public var isDamaged: Bool = false
    /// Whether the frame had not changed enough to be looked at again, and has the result of the one before it.
    public var isReused: Bool = false
    /// When the item arrived, in nanoseconds since 1970; only where it came live.
    public var arrival: Int64?
    /// From the item's arrival to its result; only where it came over time.
    public var latency: Duration?
    /// The classes, or why there are none. With several models, those of the first; it failed if any of them did.
    public var outcome: Outcome
    /// What each model of a panel says, in their order; empty where a session is asked alone.
    public var answers: [Answer] = []

    /// How an item ended.
    public enum Outcome: Hashable, Sendable {
        /// The best classes, in falling score.
        case classified([Classification])
        /// It failed. This is a result too: the job goes on.
        case failed(PenstockError)
        /// No item, but something that happened to a live stream, such as a break.
        case event(StreamEvent)
    }

    /// What is needed of the item until its result is handed over.
    package var companions = Companions()

    /// What goes with a result to those who draw it or smooth it.
    package struct Companions: Hashable, Sendable {
        /// The score of every class.
        var scores: [Float]?
        /// The frame, to be drawn on.
        var frame: VideoFrame?
        /// The encoded picture, where it can be read only once.
        var bytes: [UInt8]?
        /// When it arrived, by which its latency is measured.
        var arrivedAt: MonotonicTime?
        /// The stream that it came from, where there are several at once.
        var lane = 0
    }

    /// Makes a result.
    public init(source: FilePath, index: Int, size: ImageSize? = nil, isTruncated: Bool = false, outcome: Outcome) {
        self.source = source
        self.index = index
        self.size = size
        self.isTruncated = isTruncated
        self.outcome = outcome
    }
}

extension ClassifiedPicture {
    /// The best classes, none when the item failed.
    public var top: [Classification] {
        if case .classified(let classes) = outcome { classes } else { [] }
    }

    /// Why the item failed, or `nil` when it did not.
    public var failure: PenstockError? {
        if case .failed(let error) = outcome { error } else { nil }
    }
}

extension ClassifiedPicture {
    /// Notes where the item stands in its video, when it came, and on which of several streams.
    mutating func note(_ input: PictureInput) {
        moment = input.moment
        arrival = input.arrival?.wallClock
        companions.arrivedAt = input.arrival?.monotonic
        companions.lane = input.lane
    }

    /// Measures the latency, for an item that came over time.
    mutating func noteEnd(at now: MonotonicTime) -> Duration? {
        latency = companions.arrivedAt.map { now - $0 }
        return latency
    }
}

extension ClassifiedPicture: FlowValue {
    package var ending: ItemEnding {
        if case .event = outcome { return .notice }
        return switch failure?.code {
        case nil: .done
        case .cancelled: .dropped(.cancelled)
        default: .failed
        }
    }
}
