import CPenstockKernels
import PenstockCore

extension PixelWorkshop {
    /// Turns a picture clockwise, and enlarges it until all of it shows.
    func rotate(_ pixels: inout PixelBuffer, degrees: Double) throws(PenstockError) {
        switch degrees.truncatingRemainder(dividingBy: 360) {
        case 0: break
        case 90, -270: turn(&pixels, clockwise: true)
        case 270, -90: turn(&pixels, clockwise: false)
        case 180, -180:
            mirrorRows(of: &pixels)
            try reverseRows(of: &pixels)
        default: try turn(&pixels, degrees: degrees)
        }
    }

    /// The rows that are turned together, so that what they become shares cache lines.
    private static let rowsAtOnce = 16

    /// Turns a quarter.
    private func turn(_ pixels: inout PixelBuffer, clockwise: Bool) {
        let (size, rowBytes, channels) = (pixels.size, pixels.rowBytes, pixels.layout.channels)
        spare.reshape(to: size.transposed, pixels.layout)
        let turnedBytes = spare.rowBytes
        // Clockwise, the first row becomes the last column; the other way, the first column becomes the last row.
        let (columnStep, rowStep) = clockwise ? (turnedBytes, -channels) : (-turnedBytes, channels)
        let corner = clockwise ? (size.height - 1) * channels : (size.width - 1) * turnedBytes
        unsafe pixels.withUnsafeMutableBytes { source in
            let from = unsafe source.baseAddress!.assumingMemoryBound(to: UInt8.self)
            unsafe spare.withUnsafeMutableBytes { target in
                let to = unsafe target.baseAddress!.assumingMemoryBound(to: UInt8.self) + corner
                for first in stride(from: 0, to: size.height, by: Self.rowsAtOnce) {
                    let count = min(Self.rowsAtOnce, size.height - first)
                    // From the corner, both steps stay inside the turned picture, which has the same pixels.
                    let block = unsafe from + first * rowBytes
                    let place = unsafe to + first * rowStep
                    unsafe penstock_block_transpose(
                        place,
                        columnStep,
                        rowStep,
                        block,
                        rowBytes,
                        size.width,
                        count,
                        channels
                    )
                }
            }
        }
        swap(&pixels, &spare)
    }

    /// Turns by any angle.
    private func turn(_ pixels: inout PixelBuffer, degrees: Double) throws(PenstockError) {
        let turning = try Turning(of: pixels.size, degrees: degrees)
        spare.reshape(to: turning.size, pixels.layout)
        let (size, channels, turnedBytes) = (pixels.size, pixels.layout.channels, spare.rowBytes)
        let isTransparent = pixels.layout == .rgba
        if isTransparent { pixels.premultiply() }
        unsafe pixels.withUnsafeMutableBytes { source in
            // The picture is as large as it says, and rows of the spare one have room for what is written.
            var picture = unsafe penstock_picture(
                pixels: source.baseAddress!.assumingMemoryBound(to: UInt8.self),
                width: Int32(size.width),
                height: Int32(size.height),
                channels: Int32(channels)
            )
            unsafe spare.withUnsafeMutableBytes { target in
                let out = unsafe target.baseAddress!.assumingMemoryBound(to: UInt8.self)
                for y in 0..<turning.size.height {
                    let row = unsafe out + y * turnedBytes
                    unsafe penstock_affine_row(&picture, turning.matrix, Int32(y), Int32(turning.size.width), row)
                    if isTransparent { unsafe penstock_row_unpremultiply(row, turning.size.width) }
                }
            }
        }
        swap(&pixels, &spare)
    }
}

extension PixelBuffer {
    /// Multiplies the colours of RGBA by their opacity.
    fileprivate mutating func premultiply() {
        let count = size.pixelCount
        unsafe withUnsafeMutableBytes { bytes in
            let start = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
            // There are no gaps between rows, so the whole picture is one row of all its pixels.
            unsafe penstock_row_premultiply(start, start, count)
        }
    }
}
