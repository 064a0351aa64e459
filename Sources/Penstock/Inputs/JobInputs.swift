internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

/// What brings a job its inputs, as far as they are there to be read, and is stopped with it.
final class JobInputs: Sendable {
    /// Raised when the job is to end.
    let stopping = CancellationFlag()
    /// What bounds the frames that are decoded and not used yet.
    let frames: FramePool
    private let remote: RemotePictures
    private let videos = StreamLog()
    private let unwanted = UnwantedFiles()

    /// Prepares to bring inputs.
    init(timeout: Duration, frameLimit: Int) {
        remote = RemotePictures(stopping: stopping, timeout: timeout)
        frames = FramePool(limit: frameLimit)
    }
}

extension JobInputs {
    /// How a source is gone through, by a value that does not keep the job alive.
    func reading(
        _ source: PictureSource,
        after recorded: RecordedItems? = nil,
        _ options: VideoOptions,
        stillThreshold: Double? = nil,
        route: (any VideoRoute)? = nil,
        leavingOut: FilePath? = nil,
        meters: StageMeters
    ) -> ReadInputs {
        let opening = VideoItems.Opening(
            options: options,
            stillThreshold: stillThreshold,
            pool: frames,
            stopping: stopping,
            meters: meters,
            log: videos,
            route: route
        )
        return ReadInputs(
            source: source,
            recorded: recorded,
            unwanted: unwanted,
            leavingOut: leavingOut,
            remote: remote,
            opening: opening
        )
    }

    /// Ends any wait for what has not come yet.
    func stop() {
        stopping.raise()
        frames.close()
        remote.close()
    }

    /// Whether the job was told to stop before its inputs were at their end.
    var isStopped: Bool { stopping.isRaised }

    /// Files in folders that were not taken for pictures or videos, going by their names, and the first of them.
    var leftOut: (count: Int, first: FilePath?) { unwanted.found }

    /// What came of each video.
    var streams: [StreamSummary] { videos.summaries }
}
