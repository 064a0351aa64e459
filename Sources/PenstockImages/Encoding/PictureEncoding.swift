/// The form in which pictures are written.
public enum PictureEncoding: Hashable, Sendable {
    /// JPEG.
    case jpeg(JPEGEncoding)
    /// PNG.
    case png(PNGEncoding)
    /// WebP.
    case webp(WebPEncoding)
    /// BMP, which has nothing to choose.
    case bmp
    /// TIFF.
    case tiff(TIFFEncoding)

    /// JPEG of a quality from 1 to 100.
    public static func jpeg(quality: Int) -> PictureEncoding {
        var encoding = JPEGEncoding()
        encoding.quality = quality
        return .jpeg(encoding)
    }

    /// JPEG of quality 95.
    public static var jpeg: PictureEncoding { .jpeg(JPEGEncoding()) }
    /// PNG, written fast.
    public static var png: PictureEncoding { .png(PNGEncoding()) }
    /// WebP of quality 80.
    public static var webp: PictureEncoding { .webp(WebPEncoding()) }
    /// TIFF, compressed without loss.
    public static var tiff: PictureEncoding { .tiff(TIFFEncoding()) }
}

/// How JPEGs are written.
public struct JPEGEncoding: Hashable, Sendable {
    /// How finely: 1 to 100, on libjpeg's scale.
    public var quality = 95
    /// How many samples of colour there are.
    public var subsampling = Subsampling.halved
    /// Whether the picture comes in scans of rising quality.
    public var isProgressive = false
    /// Whether the codes are fitted to the picture: smaller files, slower.
    public var isOptimized = false

    /// Makes the default settings.
    public init() {}

    /// How colour is sampled against luma.
    public enum Subsampling: String, Hashable, Sendable, CaseIterable {
        /// Half as often in both directions.
        case halved = "420"
        /// Half as often across.
        case halvedAcross = "422"
        /// As often.
        case full = "444"
    }
}

/// How PNGs are written.
public struct PNGEncoding: Hashable, Sendable {
    /// How hard is tried to make the file small: 1, by far the fastest, to 12; 0 does not compress.
    public var level = 1

    /// Makes the default settings.
    public init() {}
}

/// How WebPs are written.
public struct WebPEncoding: Hashable, Sendable {
    /// How finely: 1 to 100.
    public var quality = 80
    /// Whether every pixel is kept; `quality` then says how hard is tried to make the file small.
    public var isLossless = false

    /// Makes the default settings.
    public init() {}
}

/// How TIFFs are written. A colour profile goes along with the pixels; EXIF does not.
public struct TIFFEncoding: Hashable, Sendable {
    /// How hard is tried to make the file small: 1 to 12; 0 does not compress.
    public var level = 1

    /// Makes the default settings.
    public init() {}
}
