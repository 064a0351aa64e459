import PenstockCore
import Testing

@testable import PenstockVideo

@Suite struct SamplingPlanTests {
    /// Puts frames at these times to a plan; returns the numbers of those that it wants, as often as it wants them.
    private func picked(_ sampling: VideoSampling, _ milliseconds: [Int]) throws -> [Int] {
        var plan = try SamplingPlan(sampling)
        return milliseconds.indices.flatMap { index in
            let candidate = SamplingPlan.Candidate(
                rank: index,
                time: .milliseconds(milliseconds[index]),
                isKeyframe: index.isMultiple(of: 4)
            )
            let next = index + 1 < milliseconds.count ? Duration.milliseconds(milliseconds[index + 1]) : nil
            return Array(repeating: index, count: plan.count(candidate, until: next))
        }
    }

    @Test func `every frame whose number divides by the step is wanted`() throws {
        #expect(try picked(VideoSampling(.every(3)), [0, 40, 80, 120, 160, 200, 240]) == [0, 3, 6])
    }

    @Test func `start and end bound what is wanted, the end excluded`() throws {
        let sampling = VideoSampling(start: .milliseconds(40), end: .milliseconds(120))
        #expect(try picked(sampling, [0, 40, 80, 120, 160]) == [1, 2])
    }

    @Test func `one frame stands for all multiples of the interval that it reaches`() throws {
        let sampling = VideoSampling(.interval(.milliseconds(100)))
        #expect(try picked(sampling, [0, 90, 110, 450, 460, 499, 500, 610]) == [0, 2, 3, 6, 7])
    }

    @Test func `a stretch gives its first keyframe, or its first frame where it has none`() throws {
        var plan = try SamplingPlan(VideoSampling(.stretches(.milliseconds(100))))
        let picked = [0, 40, 80, 120, 160, 220, 260, 420].enumerated().filter { index, time in
            // Keyframes at 0, 160 and 420 ms.
            let isKeyframe = [0, 4, 7].contains(index)
            let next: Duration? = time < 160 ? .milliseconds(160) : time < 420 ? .milliseconds(420) : nil
            let candidate = SamplingPlan.Candidate(
                rank: index,
                time: .milliseconds(time),
                isKeyframe: isKeyframe,
                nextKeyframe: next
            )
            return plan.count(candidate) > 0
        }
        #expect(picked.map(\.offset) == [0, 4, 5, 7])
    }

    @Test func `an interval counts from the beginning, not from the start`() throws {
        let sampling = VideoSampling(.interval(.milliseconds(100)), start: .milliseconds(150))
        #expect(try picked(sampling, [0, 140, 160, 190, 210, 300]) == [4, 5])
    }

    @Test func `a time belongs to the frame that is shown then`() throws {
        let sampling = VideoSampling(.times([.milliseconds(39), .zero, .milliseconds(40), .milliseconds(41)]))
        #expect(try picked(sampling, [0, 40, 80]) == [0, 0, 1, 1])
    }

    @Test func `a time before the first frame belongs to it`() throws {
        #expect(try picked(VideoSampling(.times([.zero])), [20, 60]) == [0])
    }

    @Test func `keyframes are wanted, and nothing else`() throws {
        #expect(try picked(VideoSampling(.keyframes), Array(stride(from: 0, to: 360, by: 40))) == [0, 4, 8])
    }

    @Test func `a range is stepped through from its own beginning`() throws {
        #expect(try picked(VideoSampling(.frames(1..<6, step: 2)), [0, 1, 2, 3, 4, 5, 6, 7]) == [1, 3, 5])
    }

    @Test func `a plan is over as soon as nothing more can be wanted`() throws {
        var plan = try SamplingPlan(VideoSampling(.frames(1..<4, step: 2)))
        for rank in 0...2 {
            _ = plan.count(SamplingPlan.Candidate(rank: rank, time: nil, isKeyframe: false))
            #expect(!plan.isOver)
        }
        #expect(plan.count(SamplingPlan.Candidate(rank: 3, time: nil, isKeyframe: false)) == 1)
        #expect(plan.isOver)
        #expect(try SamplingPlan(VideoSampling(.times([]))).isOver)
        #expect(try SamplingPlan(VideoSampling(.frames(5..<5, step: 1))).isOver)
    }

    @Test func `enormous steps and ranges do not overflow`() throws {
        #expect(try picked(VideoSampling(.every(.max)), [0, 40, 80]) == [0])
        #expect(try picked(VideoSampling(.frames(1..<Int.max, step: .max)), [0, 40, 80]) == [1])
        var plan = try SamplingPlan(VideoSampling(.every(.max)))
        _ = plan.count(SamplingPlan.Candidate(rank: 0, time: nil, isKeyframe: true))
        #expect(plan.next.rank == .max)
    }

    @Test(arguments: [
        VideoSampling(.every(0)), VideoSampling(.every(-2)), VideoSampling(.interval(.zero)),
        VideoSampling(.frames(0..<3, step: 0)), VideoSampling(.times([.seconds(-1)])),
        VideoSampling(start: .seconds(2), end: .seconds(2)),
    ])
    func `what contradicts itself is refused`(sampling: VideoSampling) {
        #expect(throws: PenstockError.self) { try SamplingPlan(sampling) }
    }

    @Test func `the next wanted place is never beyond what is wanted`() throws {
        for sampling in [
            VideoSampling(.every(7)), VideoSampling(.interval(.milliseconds(170))), VideoSampling(start: .seconds(1)),
            VideoSampling(.frames(5..<90, step: 8)), VideoSampling(.times([.milliseconds(100), .seconds(2)])),
        ] {
            var plan = try SamplingPlan(sampling)
            for rank in 0..<100 {
                let (time, next) = (Duration.milliseconds(40 * rank), plan.next)
                let candidate = SamplingPlan.Candidate(rank: rank, time: time, isKeyframe: false)
                guard plan.count(candidate, until: time + .milliseconds(40)) > 0 else { continue }
                #expect(next.rank <= rank)
                #expect(next.time ?? .zero <= time + .milliseconds(40))
            }
        }
    }
}
