/// The format of a picture, told from its content.
package enum PictureFormat: Hashable, Sendable {
    case jpeg, png, webp, bmp, gif, tiff, avif, heif, jpeg2000, jpegXL, qoi, psd, targa
    /// PBM, PGM, PPM or PAM.
    case portableMap
    /// One that only FFmpeg's demuxers know, by its name there.
    case other(String)
}

extension PictureFormat: CustomStringConvertible {
    /// The name that people use.
    package var description: String {
        switch self {
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .webp: "WebP"
        case .bmp: "BMP"
        case .gif: "GIF"
        case .tiff: "TIFF"
        case .avif: "AVIF"
        case .heif: "HEIF"
        case .jpeg2000: "JPEG 2000"
        case .jpegXL: "JPEG XL"
        case .qoi: "QOI"
        case .psd: "PSD"
        case .targa: "TGA"
        case .portableMap: "PNM"
        case .other(let name): name.uppercased()
        }
    }
}
