internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo
internal import Synchronization

/// Brings the frames of a job's videos, in their order, to the files that they go into. One task at a time uses it.
final class VideoOutputs: Sendable {
    private let plan: ProcessingPlan
    private let current = Mutex<VideoOutput?>(nil)

    init(_ plan: ProcessingPlan) {
        self.plan = plan
    }
}

extension VideoOutputs {
    /// Sees to what an item means for videos: its own frame is sent to be encoded, and the video before it is finished.
    ///
    /// - Returns: The item, and before it the video that it ends.
    func take(_ item: PendingItem) async -> [PendingItem] {
        var items: [PendingItem] = []
        var item = item
        item.result.isOfVideo = plan.encodesVideos && item.video != nil
        if let video = current.withLock({ $0 }), video.number != item.video {
            items += await finish()
        }
        guard let frame = item.frame else { return items + [item] }
        let video = current.withLock { current in
            let video = current ?? VideoOutput(item, plan)
            current = video
            return video
        }
        return items + [await video.encode(item, frame)]
    }

    /// Finishes the video that is being written; none where there is none.
    func finish() async -> [PendingItem] {
        guard let video = current.withLock({ $0.take() }) else { return [] }
        return await video.finish().map { [$0] } ?? []
    }

    /// Gives up the video that is being written; returns how many frames are lost with it.
    func cancel() -> Int {
        current.withLock { $0.take() }?.cancel() ?? 0
    }
}
