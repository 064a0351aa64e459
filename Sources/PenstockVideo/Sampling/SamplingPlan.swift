internal import PenstockCore

/// Decides which frames are wanted, as they come up in the order in which they are shown.
///
/// A value without a decoder: frames may be put to it before anything of them is decoded.
struct SamplingPlan {
    /// What is known of a frame when it comes up.
    struct Candidate: Hashable {
        let rank: Int
        /// When it is shown, counted from the beginning of the video.
        let time: Duration?
        let isKeyframe: Bool
        /// When the next keyframe is shown, as far as that is known.
        var nextKeyframe: Duration?
    }

    private let sampling: VideoSampling
    /// The times that are still wanted, the next one last.
    private var times: [Duration] = []
    /// The next multiple of the interval.
    private var mark: Duration = .zero
    /// The time of the last frame that was put to the plan.
    private var last: Duration?
    /// The number after that of the last frame that was put to the plan.
    private(set) var following = 0
    /// Whether nothing more can be wanted.
    private(set) var isOver = false

    /// Makes a plan.
    ///
    /// - Throws: When the sampling contradicts itself.
    init(_ sampling: VideoSampling) throws(PenstockError) {
        self.sampling = sampling
        if let problem = sampling.problem { throw PenstockError(.invalidConfiguration, at: .configure, problem) }
        switch sampling.choice {
        case .times(let wanted):
            times = wanted.sorted(by: >)
            isOver = times.isEmpty
        case .interval(let interval), .stretches(let interval):
            mark = Self.multiple(of: interval, atOrAfter: sampling.start ?? .zero)
        case .frames(let range, _): isOver = range.isEmpty
        default: break
        }
    }

    /// How often the frame is wanted; `next` is when the frame after it is shown, `nil` where none is.
    ///
    /// Only a plan that `looksAhead` asks for `next`.
    mutating func count(_ frame: Candidate, until next: Duration? = nil) -> Int {
        if isOver { return 0 }
        following = frame.rank + 1
        noteStepBack(to: frame.time)
        if case .times = sampling.choice { return countTimes(frame, until: next) }
        if let time = frame.time {
            if let end = sampling.end, time >= end { isOver = true }
            if isOver || time < sampling.start ?? time { return 0 }
        }
        return wants(frame) ? 1 : 0
    }
}

extension SamplingPlan {
    /// Where times begin anew, so do the multiples of the interval.
    private mutating func noteStepBack(to time: Duration?) {
        guard let time else { return }
        if let last, time < last - .seconds(1), let interval { mark = Self.multiple(of: interval, atOrAfter: time) }
        last = time
    }

    private var interval: Duration? {
        switch sampling.choice {
        case .interval(let interval), .stretches(let interval): interval
        case .every, .frames, .keyframes, .times: nil
        }
    }

    /// Whether a frame can only be judged once the time of the next one is known.
    var looksAhead: Bool {
        if case .times = sampling.choice { true } else { false }
    }

    /// Whether frames without a time cannot be judged.
    var needsTimes: Bool { sampling.needsTimes }

    /// Whether every frame is wanted to the end.
    var takesAll: Bool { sampling == VideoSampling() }

    /// The times that no frame has been shown at.
    var missedTimes: [Duration] { times.reversed() }

    /// The least number and the least time that the next wanted frame can have, as far as they are known.
    var next: (rank: Int, time: Duration?) {
        switch sampling.choice {
        case .times: (following, times.last)
        case .interval, .stretches: (following, max(mark, sampling.start ?? mark))
        case .frames(let range, let step):
            (
                range.lowerBound + min(range.count, Self.multiple(of: step, atOrAfter: following - range.lowerBound)),
                sampling.start
            )
        case .every(let step): (Self.multiple(of: step, atOrAfter: following), sampling.start)
        case .keyframes: (following, sampling.start)
        }
    }

    private mutating func wants(_ frame: Candidate) -> Bool {
        switch sampling.choice {
        case .every(let step): return frame.rank.isMultiple(of: step)
        case .keyframes: return frame.isKeyframe
        case .frames(let range, let step):
            isOver = Self.multiple(of: step, atOrAfter: following - range.lowerBound) >= range.count
            return range.contains(frame.rank) && (frame.rank - range.lowerBound).isMultiple(of: step)
        case .interval(let interval):
            guard let time = frame.time, time >= mark else { return false }
            mark = Self.multiple(of: interval, atOrAfter: time)
            if mark == time { mark += interval }
            return true
        case .stretches(let length):
            guard let time = frame.time, time >= mark else { return false }
            let end = Self.multiple(of: length, atOrAfter: time + .nanoseconds(1))
            if !frame.isKeyframe, let keyframe = frame.nextKeyframe, keyframe < end { return false }
            mark = end
            return true
        case .times: return false
        }
    }

    private mutating func countTimes(_ frame: Candidate, until next: Duration?) -> Int {
        guard let time = frame.time else { return 0 }
        var count = 0
        while let wanted = times.last, wanted < next ?? max(time, wanted + .nanoseconds(1)) {
            times.removeLast()
            count += 1
        }
        isOver = times.isEmpty
        return count
    }

    /// The first multiple of a step that is not below a number.
    private static func multiple(of step: Int, atOrAfter number: Int) -> Int {
        guard number > 0 else { return 0 }
        // A step may be as large as numbers get.
        let rest = number % step
        return rest == 0 ? number : number.addingReportingOverflow(step - rest).overflow ? .max : number + (step - rest)
    }

    /// The first multiple of an interval that is not before a time.
    private static func multiple(of interval: Duration, atOrAfter time: Duration) -> Duration {
        let (unit, span) = (interval.attoseconds, time.attoseconds)
        guard span > 0 else { return .zero }
        return Duration(attoseconds: (span + unit - 1) / unit * unit)
    }
}

extension VideoSampling {
    /// Whether frames are chosen by their time.
    var needsTimes: Bool {
        if start != nil || end != nil { return true }
        switch choice {
        case .interval, .stretches, .times: return true
        case .every, .frames, .keyframes: return false
        }
    }

    /// What is wrong with it, as a sentence.
    fileprivate var problem: String? {
        if let start, let end, end <= start { return "The end of the video's wanted part lies before its start." }
        switch choice {
        case .every(let step) where step < 1: return "Every \(step)th frame cannot be taken. Give 1 or more."
        case .frames(_, let step) where step < 1: return "A step of \(step) frames leads nowhere. Give 1 or more."
        case .interval(let length) where length <= .zero, .stretches(let length) where length <= .zero:
            return "The time between two frames must be above zero."
        case .times(let times) where times.contains { $0 < .zero }: return "No frame is shown before the video begins."
        default: return nil
        }
    }
}
