package import CFFmpeg

/// What must stay the same from frame to frame for one filter graph to serve them all.
package struct PictureShape: Hashable, Sendable {
    /// The stored width.
    package let width: Int
    /// The stored height.
    package let height: Int
    /// FFmpeg's number of the pixel format.
    package let format: Int32
    /// FFmpeg's number of the range of values.
    package let range: UInt32
    /// How wide a pixel is, against `aspectHeight`.
    package let aspectWidth: Int32
    /// How high a pixel is, against `aspectWidth`.
    package let aspectHeight: Int32

    /// The shape of a decoded frame.
    package init(_ frame: UnsafeMutablePointer<AVFrame>) {
        // The frame is readable for the length of the call.
        width = unsafe Int(frame.pointee.width)
        height = unsafe Int(frame.pointee.height)
        format = unsafe frame.pointee.format
        range = unsafe frame.pointee.color_range.rawValue
        let aspect = unsafe frame.pointee.sample_aspect_ratio
        // Streams of no stated aspect say 0 to 1, and broken ones anything.
        let isStated = aspect.num > 0 && aspect.den > 0
        aspectWidth = isStated ? aspect.num : 1
        aspectHeight = isStated ? aspect.den : 1
    }

    /// Whether the pixels are red, green and blue.
    package var isRGB: Bool { has(AV_PIX_FMT_FLAG_RGB) }

    /// Whether each pixel has an opacity; that of a palette's colours is not counted.
    var hasAlpha: Bool { has(AV_PIX_FMT_FLAG_ALPHA) && !has(AV_PIX_FMT_FLAG_PAL) }

    /// Whether the pixels have luma, and no colour.
    var isGray: Bool {
        // Descriptors are constants of the library.
        let channels = unsafe av_pix_fmt_desc_get(AVPixelFormat(rawValue: format))?.pointee.nb_components ?? 0
        return !isRGB && !has(AV_PIX_FMT_FLAG_PAL) && (1...2).contains(channels)
    }

    private func has(_ flag: Int32) -> Bool {
        // As above.
        let flags = unsafe av_pix_fmt_desc_get(AVPixelFormat(rawValue: format))?.pointee.flags ?? 0
        return flags & UInt64(flag) != 0
    }
}
