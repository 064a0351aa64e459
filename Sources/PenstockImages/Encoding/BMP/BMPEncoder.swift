internal import CPenstockKernels
import PenstockCore

/// Writes BMPs: grey pixels with a palette of 256 greys, RGB in 24 bits, RGBA in 32 bits with a header that tells of
/// opacity.
struct BMPEncoder {
    private static let fileHeaderBytes = 14
    private static let paletteEntries = 256
    /// The picture's rows start at multiples of this.
    private static let rowAlignment = 4

    /// Adds a picture to a file.
    func encode(_ pixels: PixelBuffer, into file: EncodedBytes) throws(PenstockError) {
        let shape = Shape(pixels.size, pixels.layout)
        try Self.check(pixels.size, pixels.layout)
        try append(fileHeader: shape, to: file)
        try append(pictureHeader: shape, to: file)
        if pixels.layout == .rgba { try appendMasks(to: file) }
        if pixels.layout == .gray { try appendPalette(to: file) }
        try appendRows(of: pixels, shape, to: file)
    }

    /// Refuses what a BMP cannot say.
    static func check(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {
        let longestEdge = Int(Int32.max)
        let fits = max(size.width, size.height) <= longestEdge && Shape(size, layout).fileBytes <= Int(UInt32.max)
        guard !fits else { return }
        let message = "A picture of \(size) cannot be a BMP, whose files end at 4 GB. Write PNG, or make it smaller."
        throw PenstockError(.tooLarge, at: .write, message)
    }
}

extension BMPEncoder {
    /// What the headers say.
    private struct Shape {
        let size: ImageSize
        let layout: PixelLayout
        /// The bytes of a row with those that align the next.
        let rowBytes: Int
        let headerBytes: Int
        /// Where the pixels start.
        var offset: Int {
            fileHeaderBytes + headerBytes + (layout == .gray ? 4 * paletteEntries : 0)
        }
        var fileBytes: Int { offset + rowBytes * size.height }

        init(_ size: ImageSize, _ layout: PixelLayout) {
            self.size = size
            self.layout = layout
            rowBytes = (size.width * layout.channels + rowAlignment - 1) / rowAlignment * rowAlignment
            headerBytes = layout == .rgba ? 108 : 40
        }
    }

    private func append(fileHeader shape: Shape, to file: EncodedBytes) throws(PenstockError) {
        try file.append("BM")
        try file.appendLittle(UInt32(shape.fileBytes))
        try file.appendZeros(4)
        try file.appendLittle(UInt32(shape.offset))
    }

    private func append(pictureHeader shape: Shape, to file: EncodedBytes) throws(PenstockError) {
        let plain: UInt32 = 0
        let masked: UInt32 = 3
        let dotsPerMeter: UInt32 = 2835
        try file.appendLittle(UInt32(shape.headerBytes))
        try file.appendLittle(UInt32(shape.size.width))
        try file.appendLittle(UInt32(shape.size.height))
        let planes: UInt16 = 1
        try file.appendLittle(planes)
        try file.appendLittle(UInt16(8 * shape.layout.channels))
        try file.appendLittle(shape.layout == .rgba ? masked : plain)
        try file.appendLittle(UInt32(shape.rowBytes * shape.size.height))
        try file.appendLittle(dotsPerMeter)
        try file.appendLittle(dotsPerMeter)
        // How many colours the palette has, and how many of them matter: all.
        try file.appendLittle(shape.layout == .gray ? UInt32(Self.paletteEntries) : 0)
        try file.appendLittle(UInt32(0))
    }

    /// Adds the rest of the longer header: where each colour lies in a pixel, and that they are sRGB.
    private func appendMasks(to file: EncodedBytes) throws(PenstockError) {
        let red: UInt32 = 0x00FF_0000
        let green: UInt32 = 0x0000_FF00
        let blue: UInt32 = 0x0000_00FF
        let alpha: UInt32 = 0xFF00_0000
        for mask in [red, green, blue, alpha] { try file.appendLittle(mask) }
        try file.append("BGRs")
        let primariesAndGammas = 48
        try file.appendZeros(primariesAndGammas)
    }

    private func appendPalette(to file: EncodedBytes) throws(PenstockError) {
        for level in 0..<UInt32(Self.paletteEntries) { try file.appendLittle(level * 0x010101) }
    }

    /// Adds the rows, the lowest first.
    private func appendRows(of pixels: PixelBuffer, _ shape: Shape, to file: EncodedBytes) throws(PenstockError) {
        let total = shape.rowBytes * shape.size.height
        let target = try unsafe file.reserve(total)
        // The pixels stay where they are for the length of the call, and there is room for all rows.
        unsafe pixels.bytes.span.withUnsafeBytes { bytes in
            for row in 0..<shape.size.height {
                let source = unsafe bytes.baseAddress! + row * pixels.rowBytes
                let out = unsafe target + (shape.size.height - 1 - row) * shape.rowBytes
                unsafe write(source, shape, to: out)
                let gap = shape.rowBytes - pixels.rowBytes
                unsafe (out + pixels.rowBytes).initializeMemory(as: UInt8.self, repeating: 0, count: gap)
            }
        }
        file.advance(total)
    }

    /// Writes one row of pixels in the order of a BMP; both are as long as the picture is wide.
    @unsafe
    private func write(_ source: UnsafeRawPointer, _ shape: Shape, to out: UnsafeMutableRawPointer) {
        let from = unsafe source.assumingMemoryBound(to: UInt8.self)
        let to = unsafe out.assumingMemoryBound(to: UInt8.self)
        // The caller vouches for both.
        switch shape.layout {
        case .gray: unsafe to.update(from: from, count: shape.size.width)
        case .rgb: unsafe penstock_row_bgr(to, from, shape.size.width)
        case .rgba: unsafe penstock_row_bgra(to, from, shape.size.width)
        }
    }
}
