internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo

/// How videos come to a processing job: not at all where their file is there already, through steps that need frames in
/// their order where there are any, and as they are otherwise.
struct ProcessingRoute: VideoRoute {
    let plan: ProcessingPlan
    /// What is done to frames in their order.
    let operations: [PictureOperation]
    /// Lends the frames that come out of that.
    let pool: FramePool

    func items(
        of video: PictureInput,
        at location: VideoLocation,
        _ opening: VideoItems.Opening
    ) -> (any IteratorProtocol<InputElement>)? {
        if plan.encodesVideos, !plan.isWanted(video) { return nil }
        if operations.isEmpty { return VideoItems(video.name, location, opening) }
        return SteppedVideo(video, location, opening, operations, pool: pool)
    }
}

extension ProcessingPlan {
    /// Whether a video is to be opened; otherwise a loader says why not, by `settled`.
    fileprivate func isWanted(_ video: PictureInput) -> Bool {
        do throws(PenstockError) {
            return try skipped(videoTarget(of: video.name, index: video.index), video) == nil
        } catch {
            return false
        }
    }

    /// The result of a video that is not opened.
    func settled(_ video: PictureInput) throws(PenstockError) -> PendingItem {
        if let skipped = try skipped(videoTarget(of: video.name, index: video.index), video) { return skipped }
        throw PenstockError(
            .outputTaken,
            at: .write,
            "\(video.name) was not processed: its output was there when its turn came, and is not any more."
        )
    }

    private func skipped(_ output: FilePath, _ video: PictureInput) throws(PenstockError) -> PendingItem? {
        switch try conflicts.earlyRuling(on: output, from: video.file) {
        case .skip: PendingItem(result: ProcessedPicture(video, .skipped(output)))
        case .write, .number: nil
        }
    }
}
