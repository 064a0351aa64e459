internal import Penstock
internal import PenstockCore
internal import PenstockFlow
internal import Synchronization

/// Counts a job's pictures on a thread of its own, so that a progress line can say how much is left.
final class InputCounter: Sendable {
    private let counted = Mutex<(count: Int, isComplete: Bool)>((0, false))

    /// How many pictures there are; `nil` while they are still being counted, and where they can only be read once.
    var total: Int? { counted.withLock { $0.isComplete ? $0.count : nil } }

    /// Starts counting, if the source can be gone through twice.
    ///
    /// - Parameter folder: A folder that the job does not enter.
    init(_ source: PictureSource, leavingOut folder: FilePath? = nil) {
        guard source.canBeCounted else { return }
        // Counting is a convenience: where there is no thread for it, there is no total.
        try? DedicatedThread.start { [weak self] in
            guard let count = source.count(leavingOut: folder, isStopped: { self == nil }) else { return }
            self?.counted.withLock { $0 = (count, true) }
        }
    }
}
