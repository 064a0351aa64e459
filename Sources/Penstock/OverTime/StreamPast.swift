internal import PenstockCore

/// What is known of one stream from the results that it has had.
struct StreamPast: Sendable {
    let source: FilePath
    private var smoother: ScoreSmoother?
    private var detector: EventDetector?
    /// The last frame that was looked at: what it was found to be, and its scores before they were smoothed.
    private var last: (outcome: ClassifiedPicture.Outcome, answers: [ClassifiedPicture.Answer], scores: [Float]?)?

    init(_ source: FilePath, _ options: ClassificationJob.Options, _ labels: Labels?) {
        self.source = source
        smoother = options.smoothing.map(ScoreSmoother.init)
        detector = options.events.map { EventDetector(source: source, labels: labels, configuration: $0.rules) }
    }

    /// Completes the stream's next result, and returns the events that it settles.
    mutating func take(_ item: inout ClassifiedPicture, _ reader: ScoreReader) -> [EventSegment] {
        if item.isReused, let last {
            item.outcome = last.outcome
            item.answers = last.answers
            item.companions.scores = last.scores
        } else {
            last = (item.outcome, item.answers, item.companions.scores)
        }
        guard case .classified = item.outcome, var scores = item.companions.scores else {
            return detector?.takeFailure(at: item.moment?.time, duration: item.moment?.duration) ?? []
        }
        if smoother != nil {
            smoother!.smooth(&scores, at: item.moment?.time, duration: item.moment?.duration)
            item.outcome = .classified(reader.classes(ofScores: scores))
            // Only a model alone is smoothed.
            item.answerAlone(item.answers.first?.model ?? "")
        }
        return detector?.take(scores: scores, at: item.moment?.time, duration: item.moment?.duration) ?? []
    }

    /// Ends the events that are under way.
    mutating func finish() -> [EventSegment] {
        detector?.finish() ?? []
    }
}
