package import PenstockCore

extension PictureEncoding {
    /// Refuses settings that no picture can be written with, before any picture is.
    package func check() throws(PenstockError) {
        switch self {
        case .jpeg(let encoding):
            guard JPEGEncoding.qualities.contains(encoding.quality) else {
                let message = "A JPEG cannot have the quality \(encoding.quality): qualities go from 1 to 100."
                throw PenstockError(.invalidConfiguration, at: .configure, message)
            }
        case .png(let encoding): try ZlibCompressors.check(encoding.level, of: .png)
        case .webp(let encoding): try WebPEncoder.check(encoding)
        case .tiff(let encoding): try ZlibCompressors.check(encoding.level, of: .tiff)
        case .bmp: break
        }
    }
}

extension JPEGEncoding {
    /// libjpeg's scale has ends.
    static let qualities = 1...100
}
