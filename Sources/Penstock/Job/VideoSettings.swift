public import PenstockVideo

/// What a job does with the videos among its inputs.
public struct VideoSettings: Hashable, Sendable {
    /// Which frames are classified.
    public var sampling = VideoSampling()
    /// Whether interlaced frames are deinterlaced.
    public var deinterlaces: Bool = false
    /// Whether every pixel is converted to RGB before the frame is resized, as it is with stills.
    ///
    /// Left off, frames that shrink are resized first, which is faster and differs by what `Documentation/Video.md` says.
    public var convertsWholeFrames: Bool = false
    /// A frame that differs by no more than this from the last one classified, in grey levels of the cell of a small
    /// thumbnail that changed most, has that one's result; `nil` classifies every frame.
    public var stillThreshold: Double?

    /// Makes settings by which every frame is classified.
    public init() {}
}
