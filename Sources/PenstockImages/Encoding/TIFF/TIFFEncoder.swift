import PenstockCore

/// Writes TIFFs, one after another, with memory that it keeps: strips of about 64 KB, as they are or compressed by
/// Deflate behind the horizontal predictor. One thread uses it.
///
/// The colour profile goes along; EXIF, which in a TIFF would be spread over its directories, does not.
final class TIFFEncoder {
    private static let stripBytes = 64 << 10

    private let differences = GrowableBuffer()
    private let filter: PixelFilter
    private let compressors = ZlibCompressors()

    /// Makes an encoder over one variant of the kernels; all give the same bytes.
    init(_ variant: KernelVariant = .fastest) {
        filter = PixelFilter(variant)
    }

    /// Adds a picture to a file.
    func encode(
        _ pixels: PixelBuffer,
        _ encoding: TIFFEncoding,
        _ metadata: PictureMetadata,
        into file: EncodedBytes
    ) throws(PenstockError) {
        try ZlibCompressors.check(encoding.level, of: .tiff)
        let profile = metadata.profile(for: pixels.layout)
        let profileBytes = profile?.count ?? 0
        if encoding.level == 0 { try Self.check(pixels.bytes.count + profileBytes, pixels.size) }
        let start = file.count
        try file.append("II*\0")
        try file.appendZeros(4)
        let strips = try appendStrips(of: pixels, encoding, from: start, to: file)
        try file.appendZeros((file.count - start) % 2)
        try Self.check(file.count - start + profileBytes, pixels.size)
        file.replace(at: start + 4, with: UInt32(file.count - start).littleBytes)
        let tags = Self.tags(of: pixels, encoding, strips, profile: profile)
        try append(tags, from: start, to: file)
        differences.trim()
    }

    /// Refuses more bytes than a TIFF can hold beside its directory.
    static func check(_ bytes: Int, _ size: ImageSize) throws(PenstockError) {
        let roomForDirectory = 1 << 20
        guard bytes > Int(UInt32.max) - roomForDirectory else { return }
        let message = "A picture of \(size) cannot be a TIFF, whose files end at 4 GB. Write PNG, or make it smaller."
        throw PenstockError(.tooLarge, at: .write, message)
    }
}

extension TIFFEncoder {
    /// Where the strips are.
    private struct Strips {
        var rows: Int
        var offsets: [UInt32] = []
        var byteCounts: [UInt32] = []
    }

    private func appendStrips(
        of pixels: PixelBuffer,
        _ encoding: TIFFEncoding,
        from start: Int,
        to file: EncodedBytes
    ) throws(PenstockError) -> Strips {
        var strips = Strips(rows: min(pixels.size.height, max(1, Self.stripBytes / pixels.rowBytes)))
        // The pixels stay where they are for the length of the call.
        try unsafe pixels.bytes.span.withUnsafeBytes { (bytes) throws(PenstockError) in
            for first in stride(from: 0, to: pixels.size.height, by: strips.rows) {
                let last = min(first + strips.rows, pixels.size.height)
                let before = file.count
                let range = first * pixels.rowBytes..<last * pixels.rowBytes
                let strip = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
                try unsafe append(strip, of: pixels, encoding, to: file)
                try Self.check(file.count - start, pixels.size)
                strips.offsets.append(UInt32(before - start))
                strips.byteCounts.append(UInt32(file.count - before))
            }
        }
        return strips
    }

    private func append(
        _ strip: UnsafeRawBufferPointer,
        of pixels: PixelBuffer,
        _ encoding: TIFFEncoding,
        to file: EncodedBytes
    ) throws(PenstockError) {
        guard encoding.level > 0 else { return try unsafe file.append(strip) }
        let memory = try unsafe differences.reserve(strip.count)
        for row in stride(from: 0, to: strip.count, by: pixels.rowBytes) {
            // A strip is whole rows, and there is room for all of them.
            let source = unsafe UnsafeRawBufferPointer(rebasing: strip[row..<row + pixels.rowBytes])
            unsafe filter.difference(source, layout: pixels.layout, into: memory + row)
        }
        let made = unsafe UnsafeRawBufferPointer(start: memory, count: strip.count)
        try unsafe compressors.level(encoding.level).compress(made, into: file)
    }

    private static func tags(
        of pixels: PixelBuffer,
        _ encoding: TIFFEncoding,
        _ strips: Strips,
        profile: [UInt8]?
    ) -> [TIFFTag] {
        let isCompressed = encoding.level > 0
        let channels = pixels.layout.channels
        var tags = [
            TIFFTag(.width, .longs([UInt32(pixels.size.width)])),
            TIFFTag(.height, .longs([UInt32(pixels.size.height)])),
            TIFFTag(.bitsPerSample, .shorts(.init(repeating: 8, count: channels))),
            TIFFTag(.compression, .shorts([isCompressed ? Code.deflate : Code.uncompressed])),
            TIFFTag(.photometric, .shorts([pixels.layout == .gray ? Code.zeroIsBlack : Code.colors])),
            TIFFTag(.stripOffsets, .longs(strips.offsets)),
            TIFFTag(.samplesPerPixel, .shorts([UInt16(channels)])),
            TIFFTag(.rowsPerStrip, .longs([UInt32(strips.rows)])),
            TIFFTag(.stripByteCounts, .longs(strips.byteCounts)),
            TIFFTag(.horizontalResolution, .rational(Code.dotsPerInch, 1)),
            TIFFTag(.verticalResolution, .rational(Code.dotsPerInch, 1)),
            TIFFTag(.planarConfiguration, .shorts([Code.interleaved])),
            TIFFTag(.resolutionUnit, .shorts([Code.inch])),
        ]
        if isCompressed { tags.append(TIFFTag(.predictor, .shorts([Code.horizontalDifferences]))) }
        if pixels.layout == .rgba { tags.append(TIFFTag(.extraSamples, .shorts([Code.unassociatedAlpha]))) }
        if let profile { tags.append(TIFFTag(.colorProfile, .bytes(profile))) }
        return tags
    }

    /// What TIFF's numbers stand for.
    private enum Code {
        static let uncompressed: UInt16 = 1
        static let deflate: UInt16 = 8
        static let zeroIsBlack: UInt16 = 1
        static let colors: UInt16 = 2
        static let interleaved: UInt16 = 1
        static let inch: UInt16 = 2
        static let dotsPerInch: UInt32 = 72
        static let horizontalDifferences: UInt16 = 2
        static let unassociatedAlpha: UInt16 = 2
    }

    /// Adds the directory, and behind it the values that do not fit in it.
    private func append(_ tags: [TIFFTag], from start: Int, to file: EncodedBytes) throws(PenstockError) {
        var outside = UInt32(file.count - start + 2 + TIFFTag.entryBytes * tags.count + 4)
        try file.appendLittle(UInt16(tags.count))
        for tag in tags {
            try tag.append(to: file, valuesAt: outside)
            outside += UInt32(tag.outsideBytes)
        }
        let noFurtherPicture: UInt32 = 0
        try file.appendLittle(noFurtherPicture)
        for tag in tags { try tag.appendOutside(to: file) }
    }
}
