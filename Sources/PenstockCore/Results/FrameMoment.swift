/// Where a frame stands in its video, as the container says.
public struct FrameMoment: Hashable, Sendable {
    /// The frame's place in the video in the order in which frames are shown, from 0, counting frames that were skipped.
    public var frame: Int
    /// The presentation time; `nil` where the stream carries no times.
    public var time: Duration?
    /// How long the frame is shown; `nil` where that is not known.
    public var duration: Duration?

    /// Makes a moment.
    public init(frame: Int, time: Duration? = nil, duration: Duration? = nil) {
        self.frame = frame
        self.time = time
        self.duration = duration
    }
}
