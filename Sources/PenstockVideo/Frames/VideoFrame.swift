package import CFFmpeg
public import PenstockCore
package import PenstockImages

/// One decoded frame of a video: when it is shown, and its pixels.
///
/// A frame holds the decoder's memory until nobody refers to it any more.
@safe public final class VideoFrame {
    /// Where the frame stands in its video.
    public let moment: FrameMoment
    /// Whether the frame can be decoded without any other.
    public let isKeyframe: Bool
    /// Whether parts of it were missing and the decoder filled them in.
    public let isDamaged: Bool
    /// How the stored pixels are turned to stand upright.
    package let orientation: Orientation
    /// What the decoder made. Nobody writes to it.
    package let pointer: UnsafeMutablePointer<AVFrame>
    private let pool: FramePool

    /// Takes over a frame that `pool` lent.
    package init(
        adopting pointer: UnsafeMutablePointer<AVFrame>,
        from pool: FramePool,
        moment: FrameMoment,
        orientation: Orientation = .upright,
        isKeyframe: Bool = false,
        isDamaged: Bool = false
    ) {
        unsafe self.pointer = pointer
        self.pool = pool
        self.moment = moment
        self.orientation = orientation
        self.isKeyframe = isKeyframe
        self.isDamaged = isDamaged
    }

    deinit {
        // This was the last reference, and the pool is where the frame came from.
        unsafe pool.giveBack(pointer)
    }
}

extension VideoFrame {
    /// The size as it is seen: turned upright.
    public var size: ImageSize { orientation.upright(storedSize) }

    /// The frame's number in its video, from 0 in the order in which frames are shown.
    public var frame: Int { moment.frame }

    /// When the frame is shown, as the container says; `nil` where the stream carries no times.
    public var time: Duration? { moment.time }

    /// How long the frame is shown; `nil` where that is not known.
    public var duration: Duration? { moment.duration }

    /// The size as it is stored.
    package var storedSize: ImageSize {
        // The frame is readable for the life of this object.
        unsafe ImageSize(width: Int(pointer.pointee.width), height: Int(pointer.pointee.height))
    }
}

/// Two are equal only when they are one.
extension VideoFrame: Hashable {
    public static func == (left: VideoFrame, right: VideoFrame) -> Bool { left === right }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(self))
    }
}

/// Everything is constant, and nobody writes to what the pointer leads to; counting references is thread-safe.
extension VideoFrame: @unchecked Sendable {}
