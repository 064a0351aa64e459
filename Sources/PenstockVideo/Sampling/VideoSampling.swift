/// Which frames of a video are wanted.
public struct VideoSampling: Hashable, Sendable {
    /// How frames are picked between `start` and `end`.
    public var choice: Choice = .every(1)
    /// Nothing before this time, counted from the beginning of the video.
    public var start: Duration?
    /// Nothing from this time on, counted from the beginning of the video.
    public var end: Duration?

    /// How frames are picked.
    public enum Choice: Hashable, Sendable {
        /// Each frame whose number divides by this one.
        case every(Int)
        /// Each `step`th frame of a range of numbers, from the first of the range on.
        case frames(Range<Int>, step: Int)
        /// The first frame at or after each multiple of the interval; one frame stands for several that it reaches.
        case interval(Duration)
        /// A frame for each stretch of time of this length: its first keyframe, or its first frame where it has none. Far
        /// cheaper than `interval` where stretches are longer than the distance of keyframes.
        case stretches(Duration)
        /// Frames that can be decoded without any other.
        case keyframes
        /// The frames that are shown at these times, counted from the beginning of the video, in rising order: one
        /// for each time, however often that is the same one. `start` and `end` play no part.
        case times([Duration])
    }

    /// Takes every frame.
    public init(_ choice: Choice = .every(1), start: Duration? = nil, end: Duration? = nil) {
        self.choice = choice
        self.start = start
        self.end = end
    }
}
