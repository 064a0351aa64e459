internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages
internal import Synchronization

/// Memory for frames that are made of pixels rather than decoded; it is used again once the last user has let go of it.
@safe final class FrameMemory: Sendable {
    @safe private struct Blocks {
        var pool: OpaquePointer?
        var bytes = 0
    }

    private let blocks = Mutex(Blocks())
    /// Filters and scalers read rows in whole vectors.
    private static let alignment = 64

    init() {}

    deinit {
        blocks.withLock { blocks in
            // Blocks that are still in use keep what they need of the pool.
            unsafe av_buffer_pool_uninit(&blocks.pool)
        }
    }

    /// Makes an empty frame into one that holds a copy of a picture.
    func copy(_ pixels: PixelBuffer, to frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) {
        let size = pixels.size
        let (width, height) = (Int32(clamping: size.width), Int32(clamping: size.height))
        guard av_image_check_size(UInt32(width), UInt32(height), 0, nil) >= 0 else { throw .impossibleFrame(size) }
        let stride = (pixels.rowBytes + Self.alignment - 1) / Self.alignment * Self.alignment
        let block = try unsafe take(stride * size.height + 2 * Self.alignment)
        // The frame is empty and the caller's, and takes the block over; the block holds every row, and slack behind.
        unsafe frame.pointee.buf.0 = block
        unsafe frame.pointee.data.0 = block.pointee.data
        unsafe frame.pointee.linesize.0 = Int32(stride)
        unsafe frame.pointee.width = width
        unsafe frame.pointee.height = height
        unsafe frame.describe(pixels.layout)
        let target = unsafe UnsafeMutableRawBufferPointer(start: block.pointee.data, count: stride * size.height)
        unsafe Self.copyRows(of: pixels, to: target, stride: stride)
    }

    private static func copyRows(of pixels: PixelBuffer, to target: UnsafeMutableRawBufferPointer, stride: Int) {
        let rowBytes = pixels.rowBytes
        unsafe pixels.bytes.withUnsafeBytes { source in
            for row in 0..<pixels.size.height {
                // Slices check that each row lies within the picture and within the block.
                let from = unsafe UnsafeRawBufferPointer(rebasing: source[row * rowBytes..<(row + 1) * rowBytes])
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[row * stride..<row * stride + rowBytes])
                    .copyMemory(from: from)
            }
        }
    }

    /// A block of at least so many bytes; those of earlier frames serve as long as they are not far too large.
    private func take(_ bytes: Int) throws(PenstockError) -> UnsafeMutablePointer<AVBufferRef> {
        let block = unsafe blocks.withLock { blocks -> UnsafeMutablePointer<AVBufferRef>? in
            if unsafe blocks.pool == nil || blocks.bytes < bytes || blocks.bytes / 4 > bytes {
                unsafe av_buffer_pool_uninit(&blocks.pool)
                unsafe blocks.pool = av_buffer_pool_init(bytes, nil)
                blocks.bytes = bytes
            }
            return unsafe blocks.pool.flatMap { unsafe av_buffer_pool_get($0) }
        }
        guard let block = unsafe block else { throw .outOfMemory(bytes: bytes) }
        return unsafe block
    }
}

extension UnsafeMutablePointer<AVFrame> {
    /// Says of a frame what the samples of a layout are.
    fileprivate func describe(_ layout: PixelLayout) {
        // The frame is the caller's.
        unsafe pointee.format = layout.format.rawValue
        unsafe pointee.color_range = AVCOL_RANGE_JPEG
        unsafe pointee.colorspace = layout == .gray ? AVCOL_SPC_UNSPECIFIED : AVCOL_SPC_RGB
        unsafe pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
    }
}

extension PixelLayout {
    /// FFmpeg's name for it.
    var format: AVPixelFormat {
        switch self {
        case .gray: AV_PIX_FMT_GRAY8
        case .rgb: AV_PIX_FMT_RGB24
        case .rgba: AV_PIX_FMT_RGBA
        }
    }
}

extension PenstockError {
    /// FFmpeg counts pixels in fewer bits than we do, and knows no picture without any.
    fileprivate static func impossibleFrame(_ size: ImageSize) -> Self {
        Self(
            .unsupported,
            at: .preprocess,
            "A picture of \(size) pixels cannot go through FFmpeg, which takes from one to some 268 million; resize it "
                + "first."
        )
    }
}
