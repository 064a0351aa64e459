extension EventDetector {
    /// How much longer than its last steps a source may be silent; before there are any, up to a minute.
    private static let patienceInSteps = 2
    private static let firstPatience = Duration.seconds(60)
    /// Times are compared to the millisecond: half of one either way is rounding.
    private static let rounding = Duration.microseconds(500)

    private var longestGap: Duration { configuration.maximumGap + Self.rounding }

    /// Settles the last frame and ends what is over by the time of the next; returns the segments before a silence or
    /// a jump, which nothing that follows has to be brought in order with.
    mutating func advance(to place: FrameClock.Place) -> [EventSegment] {
        guard let standing else { return [] }
        let (end, isSilence) = stands(standing, until: place)
        weigh(standing, until: end)
        failure = nil
        self.standing = nil
        guard !isSilence else {
            endAll()
            return ended.release(before: nil)
        }
        endInterrupted(by: place.start)
        divideIfNeeded(at: place.start)
        return []
    }

    /// When a frame ends, and whether what follows is too far from it to belong together.
    func stands(
        _ frame: FrameClock.Place,
        until next: FrameClock.Place
    ) -> (end: Duration, isSilence: Bool) {
        if let failure { return (failure, next.start < frame.start || next.start - failure > longestGap) }
        if next.start < frame.start { return (frame.end, true) }
        let pace = frame.step.map { $0 * Self.patienceInSteps } ?? Self.firstPatience
        return next.start - frame.end > longestGap + pace ? (frame.end, true) : (next.start, false)
    }

    mutating func weigh(_ frame: FrameClock.Place, until end: Duration) {
        for index in open.indices { open[index].weighLastFrame(from: frame.start, to: end) }
    }

    private mutating func endInterrupted(by now: Duration) {
        let longestGap = longestGap
        func isOver(_ event: OpenEvent) -> Bool { !event.isShowing && now - event.end > longestGap }
        guard open.contains(where: isOver) else { return }
        for event in open where isOver(event) { end(event) }
        open.removeAll(where: isOver)
    }

    mutating func endAll() {
        for event in open { end(event) }
        open.removeAll(keepingCapacity: true)
    }

    private mutating func end(_ event: OpenEvent) {
        openClasses.remove(event.classIndex)
        guard event.end - event.start + Self.rounding >= configuration.minimumDuration else { return }
        if let segment = event.segment(source: source, labels: labels) { ended.insert(segment) }
    }

    /// Cuts the oldest events in two when too many younger ones wait for them to end.
    private mutating func divideIfNeeded(at now: Duration) {
        while ended.isFull, let oldest = open.first, oldest.start < now, ended.waits(for: oldest.start) {
            open.removeFirst()
            end(oldest)
            guard oldest.isShowing else { continue }
            openClasses.insert(oldest.classIndex)
            open.append(OpenEvent(classIndex: oldest.classIndex, start: now))
        }
    }
}
