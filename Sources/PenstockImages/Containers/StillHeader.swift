import PenstockCore

/// What a look at a still's container tells before anything is decoded.
struct StillHeader {
    /// The stored size; nil where only the decoder knows.
    var size: ImageSize?
    /// How it is turned.
    var orientation = Orientation.upright
    /// Whether the data reach as far as the container says.
    var isWhole = true
    /// The layout that holds all channels; nil where only the decoder knows.
    var natural: PixelLayout?
    /// The bits of a sample; nil where only the decoder knows.
    var depth: Int?
    /// Why no decoder here reads it, where that is plain.
    var refusal: String?
    /// Damage that decoding would not notice or might misread.
    var damage: String?
    /// The coding in a few words.
    var details = ""
    /// The pixels to the left of and above the coded picture where it is smaller than the whole, whose rest is black.
    var margin = (left: 0, top: 0)

    init() {}

    /// Looks at the container of a known format.
    init(_ bytes: Span<UInt8>, _ format: PictureFormat) {
        switch format {
        case .png: self.init(png: bytes)
        case .webp: self.init(webp: bytes)
        case .gif: self.init(gif: bytes)
        case .bmp: self.init(bmp: bytes)
        case .tiff: self.init(tiff: bytes)
        case .avif, .heif: self.init(boxes: bytes)
        case .qoi:
            self.init(width: bytes.big32(at: 4), height: bytes.big32(at: 8))
            // The decoder repeats the last pixel where data are missing; the closing mark shows whether they are.
            isWhole = isWhole && bytes.has("\0\0\0\0\0\0\0\u{1}", at: bytes.count - 8)
            natural = bytes.byte(at: 12) == 4 ? .rgba : .rgb
        case .psd:
            self.init(width: bytes.big32(at: 18), height: bytes.big32(at: 14))
            let colors = bytes.big16(at: 24) == 1 ? 1 : 3
            natural = bytes.big16(at: 12) ?? 0 > colors ? .rgba : colors == 1 ? .gray : .rgb
            depth = bytes.big16(at: 22)
        case .targa:
            self.init(width: bytes.little16(at: 12), height: bytes.little16(at: 14))
            natural = bytes.byte(at: 16) == 32 ? .rgba : (bytes.byte(at: 2) ?? 0) & 3 == 3 ? .gray : .rgb
        default: self.init()
        }
    }

    /// Makes a header of a size alone; numbers that are missing lie beyond the end.
    init(width: Int?, height: Int?) {
        if let width, let height {
            size = ImageSize(width: width, height: height)
        } else {
            isWhole = false
        }
    }
}

extension StillHeader {
    /// A bitmap: its rows may be stored from either end, which the sign of the height says.
    private init(bmp bytes: Span<UInt8>) {
        if bytes.little32(at: 14) == 12 {
            self.init(width: bytes.little16(at: 18), height: bytes.little16(at: 20))
        } else {
            let height = bytes.little32(at: 22).map { Int(Int32(truncatingIfNeeded: $0).magnitude) }
            self.init(width: bytes.little32(at: 18), height: height)
        }
        let bits = bytes.little16(at: bytes.little32(at: 14) == 12 ? 24 : 28)
        depth = bits.map { $0 < 8 ? $0 : 8 }
        // Only headers with masks say that the fourth byte is opacity, by a mask that is not empty.
        let hasMasks = bytes.little32(at: 14) ?? 0 >= 56 && [3, 6].contains(bytes.little32(at: 30))
        natural = bits == 32 && hasMasks && bytes.little32(at: 66) ?? 0 != 0 ? .rgba : .rgb
        details = bits.map { "\($0) bits a pixel" } ?? ""
    }

    /// The first picture of a TIFF file.
    private init(tiff bytes: Span<UInt8>) {
        self.init()
        if bytes.isBigTIFF {
            refusal = "BigTIFF"
            return
        }
        guard let directory = TIFFDirectory(bytes, from: 0, to: bytes.count) else {
            isWhole = false
            return
        }
        orientation = directory.orientation ?? .upright
        if let width = directory.numbers[0x0100], let height = directory.numbers[0x0101] {
            size = ImageSize(width: width, height: height)
        }
        natural = Self.natural(directory)
        depth = directory.numbers[0x0102] ?? 1
        let compression = directory.numbers[0x0103] ?? 1
        details = "\(directory.numbers[0x0102] ?? 1) bits a sample, compression \(compression)"
        // FFmpeg shows black for compressions that it does not know: JPEG (6 and 7), JPEG 2000, WebP and the like.
        let known = [1, 2, 3, 4, 5, 8, 32_773, 32_946, 34_925]
        if !known.contains(compression) { refusal = "compression \(compression)" + (compression == 7 ? ", JPEG" : "") }
    }
}

extension StillHeader {
    /// The channels of a TIFF. Only opacity that colours were not multiplied by counts: what else there is beside them
    /// is dropped.
    private static func natural(_ directory: TIFFDirectory) -> PixelLayout {
        let photometric = directory.numbers[0x0106] ?? 0
        let samples = directory.numbers[0x0115] ?? 1
        let colors = photometric < 2 ? 1 : 3
        if samples == colors + 1, directory.numbers[0x0152] == 2 { return .rgba }
        return photometric < 2 ? .gray : .rgb
    }
}

extension Span<UInt8> {
    /// The kind of TIFF with 64-bit offsets.
    var isBigTIFF: Bool { has("II+\0", at: 0) || has("MM\0+", at: 0) }
}
