internal import PenstockCore

/// Carries a plan out on frames that are decoded already, holding one back where the plan looks ahead.
struct FrameChoice {
    /// A frame, or the failure in its place.
    struct Offer {
        enum Content {
            case frame(DecodedFrame)
            case failure(PenstockError)
        }

        let content: Content
        let moment: FrameMoment
    }

    private var plan: SamplingPlan
    private let start: Duration
    private var held: Offer?
    private var lacksTimes = false

    init(_ plan: SamplingPlan, _ clock: StreamClock) {
        self.plan = plan
        start = clock.start
    }

    /// Whether nothing more is wanted.
    var isOver: Bool { plan.isOver || lacksTimes }

    /// Takes the next in the order in which frames are shown; what is wanted is put behind `elements`.
    mutating func offer(_ offer: Offer, into elements: inout [SelectedElement]) {
        if lacksTimes { return }
        if plan.needsTimes, offer.moment.time == nil {
            lacksTimes = true
            return elements.append(.failure(nil, .noTimes))
        }
        guard plan.looksAhead else { return decide(offer, until: nil, into: &elements) }
        decideHeld(until: sinceStart(offer.moment), into: &elements)
        if case .frame(let frame) = offer.content { frame.isHeld = true }
        held = offer
    }

    /// Follows the last offer; a plan that is not over by then reports what is wrong with the end.
    mutating func finish(_ ending: VideoEnding, into elements: inout [SelectedElement]) {
        let wasOver = isOver
        let last = held?.moment
        // Without a duration, the last frame is shown for ever.
        decideHeld(until: last.flatMap { moment in moment.duration.map { ends(moment, $0) } } ?? nil, into: &elements)
        if !wasOver { plan.conclude(ending, into: &elements) }
    }
}

extension FrameChoice {
    private mutating func decideHeld(until next: Duration?, into elements: inout [SelectedElement]) {
        guard let offer = held else { return }
        held = nil
        if case .frame(let frame) = offer.content { frame.isHeld = false }
        decide(offer, until: next, into: &elements)
    }

    private mutating func decide(_ offer: Offer, until next: Duration?, into elements: inout [SelectedElement]) {
        let candidate = SamplingPlan.Candidate(offer)
        let count = plan.count(candidate.counted(from: start), until: next)
        guard count > 0 else { return }
        switch offer.content {
        case .frame(let frame): elements.append(.frame(frame, offer.moment, count: count))
        case .failure(let error):
            for _ in 0..<count { elements.append(.failure(offer.moment, error)) }
        }
    }

    private func ends(_ moment: FrameMoment, _ duration: Duration) -> Duration? {
        sinceStart(moment).map { $0 + duration }
    }

    private func sinceStart(_ moment: FrameMoment) -> Duration? {
        moment.time.map { $0 - start }
    }
}

extension SamplingPlan {
    /// Reports what is wrong with the end of a video that came before the plan was over.
    func conclude(_ ending: VideoEnding, into elements: inout [SelectedElement]) {
        if let problem = ending.problem { elements.append(.failure(nil, problem)) }
        for time in missedTimes { elements.append(.failure(nil, .beyondEnd(time, last: ending.lastTime))) }
    }
}

extension SamplingPlan.Candidate {
    fileprivate init(_ offer: FrameChoice.Offer) {
        let isKeyframe = if case .frame(let frame) = offer.content { frame.isKeyframe } else { false }
        self.init(rank: offer.moment.frame, time: offer.moment.time, isKeyframe: isKeyframe)
    }

    fileprivate func counted(from start: Duration) -> Self {
        Self(rank: rank, time: time.map { $0 - start }, isKeyframe: isKeyframe)
    }
}
