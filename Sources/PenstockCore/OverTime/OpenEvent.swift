/// An event that has begun and may go on.
struct OpenEvent: Sendable {
    /// A stretch of frames, added up.
    private struct Stretch: Sendable {
        var frames = 0
        var weight = 0.0
        var weighted = 0.0

        mutating func add(_ other: Stretch) {
            frames += other.frames
            weight += other.weight
            weighted += other.weighted
        }
    }

    let classIndex: Int
    let start: Duration
    /// When the last frame that belongs to it ends; known once the next frame is here.
    private(set) var end: Duration
    /// Whether the last frame belongs to it; otherwise it is interrupted.
    private(set) var isShowing = true

    private var seen = Stretch()
    private var interruption = Stretch()
    private var peak: Float = 0
    private var lastScore: Float = 0

    init(classIndex: Int, start: Duration) {
        self.classIndex = classIndex
        self.start = start
        end = start
    }
}

extension OpenEvent {
    /// Takes the class's score in the next frame.
    mutating func take(_ score: Float, enter: Float, leave: Float) {
        isShowing = score >= (isShowing ? leave : enter)
        if isShowing {
            seen.add(interruption)
            interruption = Stretch()
            seen.frames += 1
            peak = seen.frames == 1 ? score : max(peak, score)
        } else {
            interruption.frames += 1
        }
        lastScore = score
    }

    /// Weighs the last frame, now that it is known for how long it stood.
    mutating func weighLastFrame(from start: Duration, to end: Duration) {
        let seconds = (end - start).asSeconds
        let part = Stretch(frames: 0, weight: seconds, weighted: seconds * Double(lastScore))
        if isShowing {
            seen.add(part)
            self.end = end
        } else {
            interruption.add(part)
        }
    }

    /// What the event was, if it ends where it was last seen; `nil` if no frame was looked at in it.
    func segment(source: FilePath, labels: Labels?) -> EventSegment? {
        guard seen.frames > 0 else { return nil }
        return EventSegment(
            source: source,
            classIndex: classIndex,
            label: labels?[classIndex],
            start: start,
            end: end,
            mean: seen.weight > 0 ? Float(seen.weighted / seen.weight) : peak,
            peak: peak,
            frames: seen.frames
        )
    }
}
