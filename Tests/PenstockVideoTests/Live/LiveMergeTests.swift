import Foundation
import PenstockCore
import PenstockFlow
import Synchronization
import Testing

@testable import PenstockVideo

/// Several captures, one consumer: how a job joins them.
@Suite struct LiveMergeTests {
    private typealias Merge = FairMerge<(source: Int, element: LiveElement)>

    /// A capture of frames that come every so many milliseconds.
    private func capture(frames: Int, every milliseconds: Int) -> LiveCapture {
        var configuration = LiveCapture.Configuration(.address("http://played"))
        configuration.reconnection = .never
        return LiveCapture(configuration) { (_, _, pool, stopping) throws(PenstockError) in
            let steps = (0..<frames).flatMap { number -> [PlayedInput.Step] in
                [.pause(Double(milliseconds) / 1000), .frame(number, Double(number * milliseconds) / 1000)]
            }
            return PlayedInput(steps, pool: pool, stopping: stopping)
        }
    }

    @Test func `a fast source loses frames before a slow one does, and each is accounted for`() async throws {
        let captures = [capture(frames: 600, every: 1), capture(frames: 15, every: 40)]
        let lanes = Mutex<[Merge.Lane: Int]>([:])
        let merge = Merge { lane, _, count in captures[lanes.withLock { $0[lane]! }].noteDrops(count) }
        for (source, capture) in captures.enumerated() {
            let lane = merge.addLane(Merge.LaneConfiguration(capacity: 4, whenFull: .dropOldest))
            lanes.withLock { $0[lane] = source }
            try capture.start { element in
                merge.offer((source, element), to: lane, mayDrop: element.mayBeDropped)
            } whenEnded: {
                merge.finish(lane)
            }
        }
        let taken = try await DedicatedThread.run { () throws(PenstockError) -> [Int] in
            var taken = [0, 0]
            while let (source, element) = merge.next() {
                guard case .frame = element else { continue }
                taken[source] += 1
                usleep(8000)
            }
            return taken
        }
        let reports = captures.map(\.report)
        #expect(zip(reports, taken).allSatisfy { $0.decoded == $0.dropped + $1 })
        #expect(reports.map(\.decoded) == [600, 15])
        #expect(reports[0].dropped > 0)
        #expect(reports[1].dropped == 0)
        #expect(captures.allSatisfy { $0.pool.lentCount == 0 })
    }
}
