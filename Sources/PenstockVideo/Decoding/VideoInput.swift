package import PenstockCore
package import PenstockImages

/// A video being read and decoded, in order, by one thread that may block.
///
/// It gives the frames that its sampling asks for and decodes no more than it must for them. What is damaged becomes a
/// failure with its place, and what follows goes on.
package final class VideoInput {
    /// What the video is.
    package let description: VideoDescription

    /// Opens a video.
    ///
    /// Frames are borrowed from `pool`, whose bound makes `next` wait. Raising `stopping` ends any wait for bytes.
    ///
    /// - Throws: When it cannot be opened, holds no pictures, or its codec is not to be had.
    package init(
        _ location: VideoLocation,
        options: VideoOptions,
        pool: FramePool,
        stopping: CancellationFlag
    ) throws(PenstockError) {
        description = VideoDescription()
    }

    /// The next frame or failure; `nil` at the end, after which it is not asked again.
    package func next() -> VideoElement? {
        nil
    }
}

/// What a video holds.
package enum VideoElement: Sendable {
    /// A frame.
    case frame(VideoFrame)
    /// A frame, or a stretch of the video, that could not be had: where it would have been, and why.
    case failure(FrameMoment?, PenstockError)
}
