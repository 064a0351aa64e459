internal import PenstockFlow

/// Stands for the frames of a video that an earlier run has finished: they are passed over, and not decoded for that.
struct PassedFrames: IteratorProtocol {
    private let video: PictureInput
    private var rest: Int

    /// So many items of a video.
    init(of video: PictureInput, count: Int) {
        self.video = video
        rest = count
    }

    mutating func next() -> InputElement? {
        guard rest > 0 else { return nil }
        rest -= 1
        return .item(video)
    }
}
