package import CFFmpeg
package import PenstockCore

/// Converts whole frames to RGB by FFmpeg's scaler, at full accuracy and with the frame's own matrix and range.
@safe package final class ScaledRows {
    private let pixels = GrowableBuffer()
    private var context: OpaquePointer?

    package init() {}

    deinit {
        // The context is this object's own.
        unsafe sws_freeContext(context)
    }

    /// The frame's pixels as RGB without gaps, valid until the next call.
    package func convert(_ frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) -> UnsafeMutablePointer<UInt8> {
        let (width, height) = unsafe (frame.pointee.width, frame.pointee.height)
        let stride = Int(width) * 3
        // The scaler may write a few bytes beyond a row's end, so the last row has room behind it.
        let base = try unsafe pixels.reserve(stride * Int(height) + 64).assumingMemoryBound(to: UInt8.self)
        let flags = SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP | SWS_BITEXACT
        // The old context is given up, and a new one or the same comes back.
        let format = unsafe AVPixelFormat(rawValue: frame.pointee.format)
        unsafe context = sws_getCachedContext(
            context,
            width,
            height,
            format,
            width,
            height,
            AV_PIX_FMT_RGB24,
            flags,
            nil,
            nil,
            nil
        )
        guard unsafe context != nil else {
            let name = unsafe av_get_pix_fmt_name(format).map { unsafe String(cString: $0) } ?? "unknown"
            throw PenstockError(.unsupported, at: .decode, "Pixels of the kind \(name) are not read. Convert to PNG.")
        }
        unsafe setColors(of: frame)
        // The frame has the size and format that the context was made for, and `base` has room for all of its rows.
        var planes: [UnsafeMutablePointer<UInt8>?] = unsafe [base, nil, nil, nil]
        var strides: [Int32] = [Int32(stride), 0, 0, 0]
        let status = unsafe penstock_av_scale(context, frame, &planes, &strides)
        guard status >= 0 else {
            throw PenstockError(.corrupt, at: .decode, "The pixels could not be converted to RGB.", status: status)
        }
        return unsafe base
    }

    /// Lets go of the memory of a huge picture.
    package func trim() {
        pixels.trim()
    }

    private func setColors(of frame: UnsafeMutablePointer<AVFrame>) {
        // The coefficient tables are constants of the library.
        let space = unsafe Int32(frame.pointee.colorspace.rawValue)
        let table = unsafe sws_getCoefficients(space)
        let isFull = unsafe frame.pointee.color_range == AVCOL_RANGE_JPEG
        unsafe sws_setColorspaceDetails(context, table, isFull ? 1 : 0, table, 1, 0, 1 << 16, 1 << 16)
    }
}
