internal import CFFmpeg

extension VideoFrame {
    /// How many bits a stored sample has.
    package var depth: Int {
        // The frame is readable for the life of this object, and the description is FFmpeg's own constant.
        let description = unsafe av_pix_fmt_desc_get(AVPixelFormat(rawValue: pointer.pointee.format))
        return unsafe Int(description?.pointee.comp.0.depth ?? 8)
    }
}
