internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// Collects a decoded picture in a frame of FFmpeg's, so that its filters can draw on it.
@safe final class FrameCanvasSink: RowSink {
    /// The picture in RGB, once a decoder has delivered it; whoever takes the pixels leaves it empty.
    let frame: UnsafeMutablePointer<AVFrame>

    init() {
        guard let frame = unsafe av_frame_alloc() else { fatalError("there is no memory for a frame") }
        unsafe self.frame = frame
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
        unsafe av_frame_free(&frame)
    }

    /// The picture's size.
    var size: ImageSize {
        // The frame lives as long as this object.
        unsafe ImageSize(width: Int(frame.pointee.width), height: Int(frame.pointee.height))
    }

    func smallestUsefulSize(of source: ImageSize) -> ImageSize { source }

    func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {
        // What a picture that failed has left is given back.
        unsafe av_frame_unref(frame)
        unsafe frame.pointee.width = Int32(clamping: size.width)
        unsafe frame.pointee.height = Int32(clamping: size.height)
        unsafe frame.pointee.format = AV_PIX_FMT_RGB24.rawValue
        guard unsafe av_frame_get_buffer(frame, 0) >= 0 else { throw .outOfMemory(bytes: size.pixelCount * 3) }
    }

    func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        let width = size.width * 3
        // `begin` has made a frame of the size to which these rows belong, and slices check their bounds.
        let (base, step) = unsafe (UnsafeMutableRawPointer(frame.pointee.data.0!), Int(frame.pointee.linesize.0))
        for row in 0..<count {
            let source = unsafe pixels[row * stride..<row * stride + width]
            unsafe (base + (first + row) * step).copyMemory(
                from: source.base.baseAddress! + source.startIndex,
                byteCount: width
            )
        }
    }
}
