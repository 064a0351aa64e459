import PenstockCore

/// Writes PNGs, one after another, with memory that it keeps. One thread uses it.
///
/// At level 1 rows are filtered and compressed some at a time, while they are in the cache, by a deflate of our own that
/// finds no repetition but a byte that goes on; higher levels have libdeflate search the whole filtered picture as well,
/// and the smaller is kept.
final class PNGEncoder {
    /// The filtered bytes that are compressed together: what shares a code.
    private static let bytesAtOnce = 65535
    /// The content at which a chunk of pixels is ended.
    private static let chunkBytes = 1 << 29
    /// The longest row: with it, a chunk that has not been ended stays below what a chunk may hold.
    private static let longestRow = 1 << 30

    private let filtered = GrowableBuffer()
    private let searched = GrowableBuffer()
    private let filter: PixelFilter
    private let deflater: RunDeflater
    private let compressors = ZlibCompressors()

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

    private func appendWhole(
        _ bytes: UnsafeRawBufferPointer,
        of pixels: PixelBuffer,
        level: Int,
        to file: EncodedBytes
    ) throws(PenstockError) {
        let height = pixels.size.height
        let count = (pixels.rowBytes + 1) * height
        let memory = try unsafe filtered.reserve(count)
        // There is room for the rows, with the filter's number before each.
        unsafe filter.filter(0..<height, of: bytes, rowBytes: pixels.rowBytes, layout: pixels.layout, into: memory)
        let rows = unsafe UnsafeRawBufferPointer(start: memory, count: count)
        let chunk = try WrittenPNGChunk("IDAT", in: file)
        try deflater.begin(into: file)
        try unsafe deflater.add(rows, isLast: true, isStored: false, into: file)
        try unsafe replaceContent(of: chunk, with: rows, level: level, in: file)
        try chunk.end(in: file)
    }

    /// Compresses the rows again by a search, and keeps the smaller: the noise of photos gains nothing by repetition.
    private func replaceContent(
        of chunk: WrittenPNGChunk,
        with rows: UnsafeRawBufferPointer,
        level: Int,
        in file: EncodedBytes
    ) throws(PenstockError) {
        let count = chunk.count(in: file)
        // The rows are readable for the length of the call, and what was made of them lies in `searched`.
        if let smaller = try unsafe compressors.level(level).compress(rows, to: count - 1, in: searched) {
            file.removeLast(count)
            try unsafe file.append(smaller)
        }
        searched.trim()
    }

    private func appendInSteps(
        _ bytes: UnsafeRawBufferPointer,
        of pixels: PixelBuffer,
        isStored: Bool,
        to file: EncodedBytes
    ) throws(PenstockError) {
        let height = pixels.size.height
        let rowsAtOnce = max(1, Self.bytesAtOnce / (pixels.rowBytes + 1))
        var chunk = try WrittenPNGChunk("IDAT", in: file)
        try deflater.begin(into: file)
        for first in stride(from: 0, to: height, by: rowsAtOnce) {
            if chunk.count(in: file) > Self.chunkBytes {
                try chunk.end(in: file)
                chunk = try WrittenPNGChunk("IDAT", in: file)
            }
            let rows = first..<min(first + rowsAtOnce, height)
            let step = try unsafe filter(rows, of: pixels, bytes, isStored: isStored)
            try unsafe deflater.add(step, isLast: rows.upperBound == height, isStored: isStored, into: file)
        }
        try chunk.end(in: file)
    }

    /// The rows with their filters' numbers, until the next call.
    @unsafe
    private func filter(
        _ rows: Range<Int>,
        of pixels: PixelBuffer,
        _ bytes: UnsafeRawBufferPointer,
        isStored: Bool
    ) throws(PenstockError) -> UnsafeRawBufferPointer {
        let rowBytes = pixels.rowBytes
        let count = (rowBytes + 1) * rows.count
        let memory = try unsafe filtered.reserve(count)
        if isStored {
            // There is nothing to gain by filters: each row comes behind the number of none.
            for (place, row) in rows.enumerated() {
                let start = unsafe memory + place * (rowBytes + 1)
                let source = unsafe bytes[row * rowBytes..<(row + 1) * rowBytes]
                unsafe start.storeBytes(of: 0, as: UInt8.self)
                unsafe UnsafeMutableRawBufferPointer(start: start + 1, count: rowBytes).copyBytes(from: source)
            }
        } else {
            unsafe filter.filter(rows, of: bytes, rowBytes: rowBytes, layout: pixels.layout, into: memory)
        }
        return unsafe UnsafeRawBufferPointer(start: memory, count: count)
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
