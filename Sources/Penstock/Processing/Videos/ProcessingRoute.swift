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
        if settings.isLossless || only != nil && settings.onConflict != .rename && video.video != 0 { return false }
        do throws(PenstockError) {
            return try skipped(videoTarget(of: video.name, index: video.index), video) == nil
        } catch {
            return false
        }
    }

    /// The result of a video that is not opened.
    func settled(_ video: PictureInput) throws(PenstockError) -> PendingItem {
        if settings.isLossless { throw Self.notLossless }
        if let skipped = try skipped(videoTarget(of: video.name, index: video.index), video) { return skipped }
        let reason =
            only.map { "\($0) is to be one video, and another comes before this one. Name a folder for several." }
            ?? "its output was there when its turn came, and is not any more."
        throw PenstockError(.outputTaken, at: .write, "\(video.name) was not processed: \(reason)")
    }

    private func skipped(_ output: FilePath, _ video: PictureInput) throws(PenstockError) -> PendingItem? {
        switch try conflicts.earlyRuling(on: output, from: video.file) {
        case .skip: PendingItem(result: ProcessedPicture(video, .skipped(output)))
        case .write, .number: nil
        }
    }

    private static let notLossless = PenstockError(
        .unsupported,
        at: .write,
        "This is a video, and encoding it anew loses something. Write its frames with --format png, or leave --lossless "
            + "out."
    )
}
