import CFFmpeg
import CPenstockKernels

/// The layout and the colours of a frame in planar YUV of 8 to 16 bits.
struct PlanarYUV {
    let factors: penstock_yuv
    /// Whether one row of chroma covers two of luma.
    let halvesHeight: Bool

    /// Reads what the frame says of itself; nil where it is something else, which FFmpeg's scaler converts.
    init?(_ frame: AVFrame) {
        let format = unsafe AVPixelFormat(rawValue: frame.format)
        // Descriptors are constants of the library.
        guard let layout = unsafe av_pix_fmt_desc_get(format)?.pointee else { return nil }
        let refused = UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_FLOAT)
        let depth = unsafe layout.comp.0.depth
        let bytes: Int32 = depth > 8 ? 2 : 1
        guard unsafe layout.flags & refused == 0, unsafe layout.flags & UInt64(AV_PIX_FMT_FLAG_PLANAR) != 0,
            unsafe layout.nb_components >= 3, unsafe layout.log2_chroma_w <= 1, unsafe layout.log2_chroma_h <= 1,
            (8...16).contains(depth), unsafe layout.comp.0.shift == 0, unsafe layout.comp.1.step == bytes,
            let weights = Self.weights(unsafe frame.colorspace)
        else { return nil }
        // Stills that do not say (TIFF, JPEG 2000) use the whole range; those that do, say so.
        let isFull = unsafe frame.color_range != AVCOL_RANGE_MPEG
        factors = Self.factors(
            weights,
            isFull: isFull,
            depth: depth,
            bytes: bytes,
            halvesWidth: unsafe layout.log2_chroma_w == 1
        )
        halvesHeight = unsafe layout.log2_chroma_h == 1
    }

    /// The weights of red and blue in luma; the matrix of standard definition where none is stated.
    private static func weights(_ space: AVColorSpace) -> (red: Float, blue: Float)? {
        switch space {
        case AVCOL_SPC_BT709: (0.2126, 0.0722)
        case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M, AVCOL_SPC_UNSPECIFIED: (0.299, 0.114)
        case AVCOL_SPC_BT2020_NCL: (0.2627, 0.0593)
        case AVCOL_SPC_SMPTE240M: (0.212, 0.087)
        case AVCOL_SPC_FCC: (0.30, 0.11)
        default: nil
        }
    }

    private static func factors(
        _ weights: (red: Float, blue: Float),
        isFull: Bool,
        depth: Int32,
        bytes: Int32,
        halvesWidth: Bool
    ) -> penstock_yuv {
        // A limited range has 219 steps of luma from 16 on, and 224 of chroma, in 8 bits.
        let unit = Float(1 << (depth - 8))
        let most = Float((1 << depth) - 1)
        let luma = isFull ? 255 / most : 255 / (219 * unit)
        let chroma = isFull ? 255 / most : 255 / (224 * unit)
        let green = 1 - weights.red - weights.blue
        let (red, blue) = (2 * (1 - weights.red), 2 * (1 - weights.blue))
        return penstock_yuv(
            luma_black: isFull ? 0 : 16 * unit,
            luma_scale: luma,
            chroma_middle: 128 * unit,
            red_v: red * chroma,
            green_u: blue * weights.blue / green * chroma,
            green_v: red * weights.red / green * chroma,
            blue_u: blue * chroma,
            sample_bytes: bytes,
            halves_width: halvesWidth
        )
    }
}
