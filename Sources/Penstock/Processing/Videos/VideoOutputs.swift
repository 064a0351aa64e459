internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo
internal import Synchronization

/// Brings the frames of a job's videos, in their order, to the files that they go into. One task at a time uses it.
final class VideoOutputs: Sendable {
    private struct State: Sendable {
        var output: VideoOutput?
        /// The video of the latest item, and the number of that video's first item, by which its file may be named.
        var video: Int?
        var first = 0
        var isCancelled = false
    }

    private let plan: ProcessingPlan
    private let state = Mutex(State())

    init(_ plan: ProcessingPlan) {
        self.plan = plan
    }
}

extension VideoOutputs {
    /// Sees to what an item means for videos: its own frame is sent to be encoded, and the video before it is finished.
    ///
    /// - Returns: The item, and before it the video that it ends.
    func take(_ item: PendingItem) async -> [PendingItem] {
        let items = isOfOther(item) ? await finish() : []
        guard let frame = item.frame else { return items + [item] }
        guard let output = output(of: item) else { return items + [item.failed(.stopped)] }
        return items + [await output.encode(item, frame)]
    }

    /// Whether an item is of another video than the one before it.
    private func isOfOther(_ item: PendingItem) -> Bool {
        state.withLock { state in
            if state.video == item.video { return false }
            state.video = item.video
            state.first = item.result.index
            return true
        }
    }

    /// Where an item's frame goes; nowhere once everything was given up.
    private func output(of item: PendingItem) -> VideoOutput? {
        state.withLock { state in
            if state.isCancelled { return nil }
            let output = state.output ?? VideoOutput(item, firstIndex: state.first, plan)
            state.output = output
            return output
        }
    }

    /// Finishes the video that is being written; none where there is none.
    func finish() async -> [PendingItem] {
        guard let output = state.withLock({ $0.output.take() }) else { return [] }
        return await output.finish().map { [$0] } ?? []
    }
}

extension VideoOutputs {
    /// Gives up the video that is being written, and all that would follow.
    func cancel() {
        let output = state.withLock { state in
            state.isCancelled = true
            return state.output
        }
        output?.cancel()
    }

    /// Gives up, and waits until nothing is left of the video; returns how many frames are lost with it.
    func giveUp() async -> Int {
        cancel()
        guard let output = state.withLock({ $0.output.take() }) else { return 0 }
        return await output.finish()?.lostFrames ?? 0
    }
}
