/// A stretch of a source in which a class was seen.
public struct EventSegment: Hashable, Sendable {
    /// Where it was seen.
    public var source: FilePath
    /// The place of the class in the model's output.
    public var classIndex: Int
    /// The class's name, when labels are known.
    public var label: String?
    /// When the first frame of it begins.
    public var start: Duration
    /// When the last frame of it ends.
    public var end: Duration
    /// The mean score, each frame weighted by how long it was shown; bridged interruptions count.
    public var mean: Float
    /// The highest score.
    public var peak: Float
    /// How many frames were looked at in it.
    public var frames: Int

    /// Makes a segment.
    public init(
        source: FilePath,
        classIndex: Int,
        label: String?,
        start: Duration,
        end: Duration,
        mean: Float,
        peak: Float,
        frames: Int
    ) {
        self.source = source
        self.classIndex = classIndex
        self.label = label
        self.start = start
        self.end = end
        self.mean = mean
        self.peak = peak
        self.frames = frames
    }
}
