internal import PenstockImages

/// How a video is read and decoded.
package struct VideoOptions: Hashable, Sendable {
    /// Which frames are wanted.
    package var sampling = VideoSampling()
    /// Threads of the decoder.
    package var threads = 1
    /// Whether each frame is given out as soon as its bytes are here, at some cost in throughput.
    package var isLowDelay = false
    /// Whether interlaced frames are deinterlaced.
    package var deinterlaces = false
    /// The longest wait for the next bytes.
    package var timeout: Duration = .seconds(30)
    /// Frames with more pixels than this are refused.
    package var maxPixels = DecodeOptions.defaultMaxPixels

    /// Makes the default options.
    package init() {}
}
