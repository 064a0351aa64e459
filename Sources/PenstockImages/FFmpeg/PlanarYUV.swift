package import CFFmpeg
package import CPenstockKernels

/// The layout and the colours of a frame in planes of luma and chroma, of 8 to 16 bits.
///
/// - Matrix: the one that the frame states: BT.601, BT.709, BT.2020 (non-constant luminance), SMPTE 240M or FCC. Where it
///   states none it is BT.601 at any size, as in FFmpeg's scaler, and so in everything built on it (OpenCV, PyAV,
///   decord). Players guess BT.709 for large pictures, and differ from these.
/// - Range: the one that the frame states, or that its format implies (`yuvj420p`). Where neither does, a video is
///   limited, and a still is full. Grey is full unless it says otherwise.
/// - Chroma lies midway between the pixels that share it, along both axes, whatever the frame says of its place: so it
///   is in JPEG, and so FFmpeg's scaler takes it by default. MPEG's place is a quarter of a chroma sample further left.
package struct PlanarYUV {
    /// Where the samples of chroma lie.
    package enum Chroma {
        /// Nowhere: the frame is grey.
        case none
        /// Each kind in its plane.
        case separate
        /// Both kinds in one plane, by turns.
        case shared
    }

    /// How samples lie, and how they become light.
    package let colors: penstock_yuv
    /// Whether one row of chroma covers two of luma.
    package let halvesHeight: Bool
    /// Where chroma is.
    package let chroma: Chroma
    /// The byte of its plane at which each kind of chroma starts.
    package let uOffset, vOffset: Int

    /// Reads what the frame says of itself; nil where it is something else, which FFmpeg's scaler converts.
    package init?(_ frame: AVFrame, isVideo: Bool) {
        let format = unsafe AVPixelFormat(rawValue: frame.format)
        // Descriptors are constants of the library.
        guard let layout = unsafe av_pix_fmt_desc_get(format)?.pointee, let chroma = unsafe Self.chroma(of: layout),
            let weights = Self.weights(unsafe frame.colorspace)
        else { return nil }
        self.chroma = chroma
        halvesHeight = unsafe chroma != .none && layout.log2_chroma_h == 1
        uOffset = unsafe chroma == .shared ? Int(layout.comp.1.offset) : 0
        vOffset = unsafe chroma == .shared ? Int(layout.comp.2.offset) : 0
        let range = unsafe frame.color_range
        let isFull =
            range == AVCOL_RANGE_JPEG || Self.impliesFull(format)
            || (range != AVCOL_RANGE_MPEG && (!isVideo || chroma == .none))
        colors = unsafe Self.colors(weights, isFull: isFull, of: layout, chroma)
    }
}

extension PlanarYUV {
    /// Where chroma is in a layout; nil where it is not a layout that is read here.
    private static func chroma(of layout: AVPixFmtDescriptor) -> Chroma? {
        let refused = [
            AV_PIX_FMT_FLAG_RGB, AV_PIX_FMT_FLAG_PAL, AV_PIX_FMT_FLAG_BE, AV_PIX_FMT_FLAG_FLOAT,
            AV_PIX_FMT_FLAG_BITSTREAM, AV_PIX_FMT_FLAG_HWACCEL,
        ].reduce(UInt64(0)) { $0 | UInt64($1) }
        let depth = unsafe layout.comp.0.depth
        let bytes: Int32 = depth > 8 ? 2 : 1
        guard unsafe layout.flags & refused == 0, (8...16).contains(depth), unsafe layout.comp.0.step == bytes,
            unsafe layout.comp.0.shift + depth <= 8 * bytes, unsafe layout.comp.0.offset == 0
        else { return nil }
        if unsafe layout.nb_components < 3 { return unsafe layout.nb_components == 1 ? Chroma.none : nil }
        guard unsafe layout.log2_chroma_w <= 1, unsafe layout.log2_chroma_h <= 1, unsafe layout.comp.1.plane == 1,
            unsafe layout.comp.1.depth == depth
        else { return nil }
        let isShared = unsafe layout.comp.2.plane == 1
        return unsafe layout.comp.1.step == (isShared ? 2 : 1) * bytes ? (isShared ? .shared : .separate) : nil
    }

    /// Whether a format is of the full range by its name.
    private static func impliesFull(_ format: AVPixelFormat) -> Bool {
        switch format {
        case AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P: true
        default: false
        }
    }

    /// The weights of red and blue in luma; the matrix of standard definition where none is stated.
    private static func weights(_ space: AVColorSpace) -> (red: Double, blue: Double)? {
        switch space {
        case AVCOL_SPC_BT709: (0.2126, 0.0722)
        case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M, AVCOL_SPC_UNSPECIFIED: (0.299, 0.114)
        case AVCOL_SPC_BT2020_NCL: (0.2627, 0.0593)
        case AVCOL_SPC_SMPTE240M: (0.212, 0.087)
        case AVCOL_SPC_FCC: (0.30, 0.11)
        default: nil
        }
    }

    private static func colors(
        _ weights: (red: Double, blue: Double),
        isFull: Bool,
        of layout: AVPixFmtDescriptor,
        _ chroma: Chroma
    ) -> penstock_yuv {
        let depth = unsafe layout.comp.0.depth
        // A limited range has 219 steps of luma from 16 on, and 224 of chroma, in 8 bits; the full range of deeper
        // samples ends a little above 255 of them.
        let most = Double((1 << depth) - 1) / Double(1 << (depth - 8))
        let lumaScale = 255 / (isFull ? most : 219)
        let chromaScale = 255 / (isFull ? most : 224)
        let green = 1 - weights.red - weights.blue
        let (red, blue) = (2 * (1 - weights.red), 2 * (1 - weights.blue))
        var colors = penstock_yuv()
        colors.shift = unsafe depth + layout.comp.0.shift - 8
        colors.sample_bytes = depth > 8 ? 2 : 1
        colors.chroma_step = chroma == .shared ? 2 : 1
        colors.halves_width = unsafe chroma != .none && layout.log2_chroma_w == 1
        // A local is filled in.
        unsafe penstock_yuv_make(
            &colors,
            isFull ? 0 : 16,
            lumaScale,
            red * chromaScale,
            blue * weights.blue / green * chromaScale,
            red * weights.red / green * chromaScale,
            blue * chromaScale
        )
        return colors
    }
}
