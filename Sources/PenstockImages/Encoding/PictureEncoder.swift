package import PenstockCore

/// Encodes pictures, one after another, into memory. Each worker owns one and keeps it for life.
package final class PictureEncoder {
    private let jpeg = JPEGEncoder()

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
        switch encoding {
        case .jpeg(let encoding): try jpeg.encode(pixels, encoding, metadata, into: bytes)
        case .png, .webp, .bmp, .tiff:
            throw PenstockError(.unsupported, at: .write, "\(encoding) is not written yet.")
        }
    }
}
