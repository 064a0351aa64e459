package import PenstockCore

/// Encodes pictures, one after another, into memory. Each worker owns one and keeps it for life.
package final class PictureEncoder {
    private let jpeg = JPEGEncoder()
    private lazy var png = PNGEncoder()
    private lazy var webp = WebPEncoder()
    private let bmp = BMPEncoder()
    private lazy var tiff = TIFFEncoder()

    package init() {}

    /// Encodes a picture behind whatever `bytes` holds.
    ///
    /// - Throws: Where the format cannot hold such a picture, or memory is short.
    package func encode(
        _ pixels: PixelBuffer,
        as encoding: PictureEncoding,
        metadata: PictureMetadata = .none,
        into bytes: EncodedBytes
    ) throws(PenstockError) {
        guard pixels.size.pixelCount > 0 else { throw .nothingToWrite(pixels.size) }
        switch encoding {
        case .jpeg(let encoding): try jpeg.encode(pixels, encoding, metadata, into: bytes)
        case .png(let encoding): try png.encode(pixels, encoding, metadata, into: bytes)
        case .webp(let encoding): try webp.encode(pixels, encoding, metadata, into: bytes)
        case .bmp: try bmp.encode(pixels, into: bytes)
        case .tiff(let encoding): try tiff.encode(pixels, encoding, metadata, into: bytes)
        }
    }
}

extension PenstockError {
    fileprivate static func nothingToWrite(_ size: ImageSize) -> Self {
        let message = "A picture of \(size) has no pixels to write. Look at the operations that made it so small."
        return Self(.unsupported, at: .write, message)
    }
}
