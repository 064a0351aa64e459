package import PenstockCore
internal import Synchronization

/// Adds up how long each stage of a job has taken, over all threads.
package final class StageMeters: Sendable {
    private let read = Atomic<Int64>(0)
    private let decode = Atomic<Int64>(0)
    private let preprocess = Atomic<Int64>(0)
    private let infer = Atomic<Int64>(0)
    private let write = Atomic<Int64>(0)
    private let waitForSlot = Atomic<Int64>(0)
    private let waitForInput = Atomic<Int64>(0)

    /// Makes meters that stand at zero.
    package init() {}

    /// Adds time spent working in a stage.
    package func add(_ duration: Duration, to stage: PenstockError.Stage) {
        let nanoseconds = duration.nanoseconds
        switch stage {
        case .list, .read: read.add(nanoseconds, ordering: .relaxed)
        case .decode: decode.add(nanoseconds, ordering: .relaxed)
        case .preprocess: preprocess.add(nanoseconds, ordering: .relaxed)
        case .infer: infer.add(nanoseconds, ordering: .relaxed)
        case .write: write.add(nanoseconds, ordering: .relaxed)
        case .configure: break
        }
    }

    /// Adds time that a loader slept because no slot was free (`forSlot`) or nothing had arrived to load.
    package func addWait(_ duration: Duration, forSlot: Bool) {
        if forSlot {
            waitForSlot.add(duration.nanoseconds, ordering: .relaxed)
        } else {
            waitForInput.add(duration.nanoseconds, ordering: .relaxed)
        }
    }

    /// The sums so far.
    package var times: StageTimes {
        func seconds(_ counter: borrowing Atomic<Int64>) -> Double { Double(counter.load(ordering: .relaxed)) / 1e9 }
        return StageTimes(
            read: seconds(read),
            decode: seconds(decode),
            preprocess: seconds(preprocess),
            infer: seconds(infer),
            write: seconds(write),
            waitForSlot: seconds(waitForSlot),
            waitForInput: seconds(waitForInput)
        )
    }
}

/// Seconds by stage, summed over threads.
public struct StageTimes: Hashable, Sendable {
    /// Fetching bytes.
    public var read: Double
    /// Turning bytes into pixels.
    public var decode: Double
    /// Resizing and normalising.
    public var preprocess: Double
    /// From the start of each inference to its end, summed over the requests in flight.
    public var infer: Double
    /// Writing results.
    public var write: Double
    /// Loaders asleep because every slot was taken: inference was the limit.
    public var waitForSlot: Double
    /// Loaders asleep because nothing had arrived: the source was the limit.
    public var waitForInput: Double
}
