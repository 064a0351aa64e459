/// Finds the stretches of one source in which each class is seen, frame by frame.
///
/// A class enters at a high score and leaves at a lower one, short interruptions are bridged, and short sightings are
/// left out: a flicker is no event. A frame stands until the next one that is looked at, so that it does not matter how
/// many are. Where none comes for longer than the source's own pace and `maximumGap`, it ends by its own duration, and
/// so does what was seen in it. Times are compared to the millisecond.
///
/// A frame whose place in time cannot be known says nothing. When time goes backwards, everything ends. Memory depends
/// on the number of classes, not on the length of the source.
public struct EventDetector: Sendable {
    /// What makes an event.
    public struct Configuration: Hashable, Sendable {
        /// An event begins with a score of at least this.
        public var enter: Float = 0.5
        /// It is interrupted by a score below this. More than `enter` counts as `enter`.
        public var leave: Float = 0.35
        /// What is shorter is no event.
        public var minimumDuration: Duration = .milliseconds(500)
        /// Interruptions up to this long do not end an event.
        public var maximumGap: Duration = .milliseconds(500)
        /// Whether segments come in the order in which they began; otherwise each comes as soon as it has ended.
        public var ordersByStart = true

        /// Makes the default configuration.
        public init() {}
    }

    /// The source, as it is named in segments.
    public let source: FilePath
    /// What makes an event.
    public let configuration: Configuration
    let labels: Labels?

    var clock = FrameClock()
    /// The last frame, until it is known for how long it stood.
    var standing: FrameClock.Place?
    /// Where the last frame ended because the next one failed.
    var failure: Duration?
    /// In the order in which they began.
    var open: [OpenEvent] = []
    var openClasses: Set<Int> = []
    var ended: EndedEvents

    /// Makes a detector for one source.
    public init(source: FilePath, labels: Labels?, configuration: Configuration = Configuration()) {
        self.source = source
        self.labels = labels
        self.configuration = configuration
        ended = EndedEvents(inOrder: configuration.ordersByStart)
    }
}

// MARK: - Frames

extension EventDetector {
    /// Takes the scores of the next frame and returns the segments that are settled by it.
    public mutating func take(scores: [Float], at time: Duration?, duration: Duration?) -> [EventSegment] {
        guard let place = clock.place(time: time, duration: duration) else { return [] }
        let settled = advance(to: place)
        for index in open.indices {
            open[index].take(score(open[index].classIndex, in: scores), enter: configuration.enter, leave: leave)
        }
        begin(scores, at: place.start)
        standing = place
        return settled + ended.release(before: open.first?.start)
    }

    /// Takes note of a frame that could not be looked at and returns the segments that are settled by it.
    ///
    /// Events go on over failures of up to `maximumGap`.
    public mutating func takeFailure(at time: Duration?, duration: Duration?) -> [EventSegment] {
        guard let place = clock.place(time: time, duration: duration), let standing else { return [] }
        let (end, isSilence) = stands(standing, until: place)
        failure = end
        return isSilence ? advance(to: place) : []
    }

    /// Ends everything and returns the segments that are left.
    public mutating func finish() -> [EventSegment] {
        if let standing { weigh(standing, until: failure ?? standing.end) }
        endAll()
        standing = nil
        failure = nil
        return ended.release(before: nil)
    }

    private var leave: Float { min(configuration.leave, configuration.enter) }

    private func score(_ index: Int, in scores: [Float]) -> Float {
        scores.indices.contains(index) && scores[index].isFinite ? scores[index] : 0
    }

    private mutating func begin(_ scores: [Float], at start: Duration) {
        for index in scores.indices where scores[index] >= configuration.enter && scores[index].isFinite {
            guard openClasses.insert(index).inserted else { continue }
            open.append(OpenEvent(classIndex: index, start: start))
            open[open.count - 1].take(scores[index], enter: configuration.enter, leave: leave)
        }
    }
}
