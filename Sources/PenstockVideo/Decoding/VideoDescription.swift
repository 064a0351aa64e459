public import PenstockCore

/// What a video is, as its container and its codec say.
public struct VideoDescription: Hashable, Sendable {
    /// The container, by FFmpeg's name for it.
    public var container: String = ""
    /// The codec of the pictures, by FFmpeg's name for it.
    public var codec: String = ""
    /// The pixel format, by FFmpeg's name for it.
    public var pixelFormat: String = ""
    /// The matrix and range of the colours, such as `bt709 limited`.
    public var color: String = ""
    /// The size of the frames, upright.
    public var size = ImageSize(width: 0, height: 0)
    /// Degrees by which the stored frames are turned clockwise to stand upright.
    public var rotation: Int = 0
    /// Whether the stream says that it is interlaced.
    public var isInterlaced: Bool = false
    /// The frame rate that the stream claims; `nil` where it claims none.
    public var claimedRate: Double?
    /// How many frames there are, where the container has counted them.
    public var frameCount: Int?
    /// How long the video lasts, where the container says so.
    public var duration: Duration?
    /// The time of the first moment of the file; what players call zero.
    public var start: Duration?
    /// The codec of the sound; `nil` where there is none.
    public var audioCodec: String?

    /// Describes nothing yet.
    public init() {}
}
