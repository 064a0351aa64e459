package import CFFmpeg
internal import CPenstockKernels
internal import PenstockCore

/// How the rows of a decoded frame become 8-bit RGB, and whatever else they can become.
///
/// All but `swscale` are exact: 16-bit values keep their high byte, palettes are looked up.
package enum FrameConversion {
    case copy
    /// Channels at these bytes of each pixel, and opacity where there is any.
    case pick(step: Int, red: Int, green: Int, blue: Int, alpha: Int? = nil)
    /// One channel, and opacity where there is any.
    case gray(step: Int, offset: Int, alpha: Int? = nil)
    /// Planes of green, blue, red, and opacity where there is any.
    case planes(step: Int, offset: Int, hasAlpha: Bool = false)
    /// Bits, and what zero stands for.
    case bits(zero: UInt8)
    case palette
    /// 5 or 6 bits a channel in 16.
    case packed(greenBits: Int32)
    /// YUV 4:2:0 by the arithmetic of libwebp, and opacity where there is any.
    case webp(hasAlpha: Bool)
    /// YUV of known layout.
    case yuv(PlanarYUV)
    /// Everything else, by FFmpeg's scaler.
    case swscale

    /// The conversion of a still of some format, or of a frame of a video.
    package init(_ frame: UnsafeMutablePointer<AVFrame>, of format: PictureFormat?) {
        // The frame is readable: this copies what it says of itself.
        let pixels = unsafe AVPixelFormat(rawValue: frame.pointee.format)
        if format != .webp, let yuv = unsafe PlanarYUV(frame.pointee, isVideo: format == nil), yuv.chroma != .none {
            self = .yuv(yuv)
        } else {
            self = Self.fixed(pixels, of: format)
        }
    }

    /// The conversion of a format that needs to know nothing more of its frame.
    private static func fixed(_ pixels: AVPixelFormat, of format: PictureFormat?) -> Self {
        switch pixels {
        case AV_PIX_FMT_RGB24: .copy
        case AV_PIX_FMT_BGR24: .pick(step: 3, red: 2, green: 1, blue: 0)
        case AV_PIX_FMT_RGB0: .pick(step: 4, red: 0, green: 1, blue: 2)
        case AV_PIX_FMT_BGR0: .pick(step: 4, red: 2, green: 1, blue: 0)
        case AV_PIX_FMT_0RGB: .pick(step: 4, red: 1, green: 2, blue: 3)
        case AV_PIX_FMT_0BGR: .pick(step: 4, red: 3, green: 2, blue: 1)
        case AV_PIX_FMT_RGBA: .pick(step: 4, red: 0, green: 1, blue: 2, alpha: 3)
        case AV_PIX_FMT_BGRA: .pick(step: 4, red: 2, green: 1, blue: 0, alpha: 3)
        case AV_PIX_FMT_ARGB: .pick(step: 4, red: 1, green: 2, blue: 3, alpha: 0)
        case AV_PIX_FMT_ABGR: .pick(step: 4, red: 3, green: 2, blue: 1, alpha: 0)
        case AV_PIX_FMT_RGB48BE: .pick(step: 6, red: 0, green: 2, blue: 4)
        case AV_PIX_FMT_RGB48LE: .pick(step: 6, red: 1, green: 3, blue: 5)
        case AV_PIX_FMT_RGBA64BE: .pick(step: 8, red: 0, green: 2, blue: 4, alpha: 6)
        case AV_PIX_FMT_RGBA64LE: .pick(step: 8, red: 1, green: 3, blue: 5, alpha: 7)
        case AV_PIX_FMT_GRAY8: .gray(step: 1, offset: 0)
        case AV_PIX_FMT_GRAY16BE: .gray(step: 2, offset: 0)
        case AV_PIX_FMT_GRAY16LE: .gray(step: 2, offset: 1)
        case AV_PIX_FMT_YA8: .gray(step: 2, offset: 0, alpha: 1)
        case AV_PIX_FMT_YA16BE: .gray(step: 4, offset: 0, alpha: 2)
        case AV_PIX_FMT_YA16LE: .gray(step: 4, offset: 1, alpha: 3)
        case AV_PIX_FMT_GBRP: .planes(step: 1, offset: 0)
        case AV_PIX_FMT_GBRAP: .planes(step: 1, offset: 0, hasAlpha: true)
        case AV_PIX_FMT_GBRP16BE: .planes(step: 2, offset: 0)
        case AV_PIX_FMT_GBRAP16BE: .planes(step: 2, offset: 0, hasAlpha: true)
        case AV_PIX_FMT_GBRP16LE: .planes(step: 2, offset: 1)
        case AV_PIX_FMT_GBRAP16LE: .planes(step: 2, offset: 1, hasAlpha: true)
        case AV_PIX_FMT_MONOBLACK: .bits(zero: 0)
        case AV_PIX_FMT_MONOWHITE: .bits(zero: 255)
        case AV_PIX_FMT_PAL8: .palette
        case AV_PIX_FMT_RGB555LE: .packed(greenBits: 5)
        case AV_PIX_FMT_RGB565LE: .packed(greenBits: 6)
        case AV_PIX_FMT_YUV420P where format == .webp: .webp(hasAlpha: false)
        case AV_PIX_FMT_YUVA420P where format == .webp: .webp(hasAlpha: true)
        default: .swscale
        }
    }
}

extension FrameConversion {
    /// The layout that loses nothing but depth, as far as the frame's own kind tells.
    var natural: PixelLayout {
        switch self {
        case .gray(_, _, alpha: nil), .bits: .gray
        case .gray, .pick(_, _, _, _, alpha: .some), .planes(_, _, hasAlpha: true), .webp(hasAlpha: true): .rgba
        default: .rgb
        }
    }

    /// Whether rows can be written in a layout; RGB always can.
    func gives(_ layout: PixelLayout) -> Bool {
        switch (layout, self) {
        case (.rgb, _), (.gray, .gray), (.gray, .bits), (.rgba, .palette), (.rgba, .webp): true
        default: layout == natural
        }
    }
}
