import PenstockCore

/// Writes PNGs, one after another, with memory that it keeps. One thread uses it.
///
/// At level 1 rows are filtered and compressed some at a time, while they are in the cache, by a deflate of our own that
/// finds no repetition but a byte that goes on; higher levels have libdeflate search the whole filtered picture as well,
/// where that is less than a gigabyte, and the smaller is kept.
final class PNGEncoder {
    /// The filtered bytes that are compressed together: what shares a code.
    static let bytesAtOnce = 65535
    /// The content at which a chunk of pixels is ended.
    static let chunkBytes = 1 << 29
    /// The longest row: with it, a chunk that has not been ended stays below what a chunk may hold.
    static let longestRow = 1 << 30

    let filtered = GrowableBuffer()
    let searched = GrowableBuffer()
    let filter: PixelFilter
    let deflater: RunDeflater
    let compressors = ZlibCompressors()

    /// Makes an encoder over one variant of the kernels; all give the same bytes.
    init(_ variant: KernelVariant = .fastest) {
        filter = PixelFilter(variant)
        deflater = RunDeflater(variant)
    }

    /// Adds a picture to a file.
    func encode(
        _ pixels: PixelBuffer,
        _ encoding: PNGEncoding,
        _ metadata: PictureMetadata,
        into file: EncodedBytes
    ) throws(PenstockError) {
        try ZlibCompressors.check(encoding.level, of: .png)
        try Self.check(pixels.size, rowBytes: pixels.rowBytes)
        try file.append(Self.signature)
        try appendHeader(pixels, to: file)
        try append(metadata, for: pixels.layout, to: file)
        // The pixels stay where they are for the length of the call.
        try unsafe pixels.bytes.span.withUnsafeBytes { (bytes) throws(PenstockError) in
            if encoding.level >= 2 && (pixels.rowBytes + 1) * pixels.size.height <= Self.longestRow {
                try unsafe appendWhole(bytes, of: pixels, level: encoding.level, to: file)
            } else {
                try unsafe appendInSteps(bytes, of: pixels, isStored: encoding.level == 0, to: file)
            }
        }
        try WrittenPNGChunk("IEND", in: file).end(in: file)
        filtered.trim()
    }

    /// Refuses what a PNG cannot say.
    static func check(_ size: ImageSize, rowBytes: Int) throws(PenstockError) {
        guard rowBytes > longestRow || size.height > WrittenPNGChunk.limit else { return }
        let message = "A picture of \(size) cannot be a PNG: its rows are longer, or more, than the format can say. "
        throw PenstockError(.tooLarge, at: .write, message + "Make the picture smaller, or cut it up.")
    }
}

extension PNGEncoder {
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// The level at which profiles are compressed: they are a few kilobytes.
    private static let profileLevel = 6

    private func appendHeader(_ pixels: PixelBuffer, to file: EncodedBytes) throws(PenstockError) {
        let chunk = try WrittenPNGChunk("IHDR", in: file)
        try file.appendBig(UInt32(pixels.size.width))
        try file.appendBig(UInt32(pixels.size.height))
        let bits: UInt8 = 8
        // After the kind of pixels: the only compression, the only set of filters, and rows in their order.
        try file.append([bits, pixels.layout.pngColorType, 0, 0, 0])
        try chunk.end(in: file)
    }

    private func append(
        _ metadata: PictureMetadata,
        for layout: PixelLayout,
        to file: EncodedBytes
    ) throws(PenstockError) {
        if let profile = metadata.profile(for: layout) {
            let chunk = try WrittenPNGChunk("iCCP", in: file)
            // A name, its end, and the only compression.
            try file.append("ICC profile\0\0")
            // The array stays where it is for the length of the call.
            try unsafe profile.span.withUnsafeBytes { (bytes) throws(PenstockError) in
                try unsafe compressors.level(Self.profileLevel).compress(bytes, into: file)
            }
            try chunk.end(in: file)
        }
        if let exif = metadata.exif {
            let chunk = try WrittenPNGChunk("eXIf", in: file)
            try file.append(exif)
            try chunk.end(in: file)
        }
    }
}

extension PixelLayout {
    /// The number by which a PNG's header names the layout.
    fileprivate var pngColorType: UInt8 {
        switch self {
        case .gray: 0
        case .rgb: 2
        case .rgba: 6
        }
    }
}
