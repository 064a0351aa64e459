import CPenstockKernels
import PenstockCore

extension PixelWorkshop {
    /// Blurs by three boxes along each axis, every channel for itself.
    ///
    /// Columns are blurred in strips that stay in cache; rows are turned into columns, a few at a time.
    func blur(_ pixels: inout PixelBuffer, deviation: Double) throws(PenstockError) {
        guard deviation > 0 else { return }
        let box = penstock_box(gaussian: Float(deviation))
        guard box.whole < 1 << 24 else { return }
        let (size, rowBytes, channels) = (pixels.size, pixels.rowBytes, pixels.layout.channels)
        let rowsAtOnce = min(size.height, Self.laneBytes / channels)
        let stripBytes = min(rowBytes, Self.stripBytes)
        let bench = try BlurBench(
            scratch,
            samples: max(size.width * rowsAtOnce * channels, size.height * stripBytes),
            across: max(rowsAtOnce * channels, stripBytes)
        )
        unsafe pixels.withUnsafeMutableBytes { bytes in
            let start = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
            for first in stride(from: 0, to: size.height, by: rowsAtOnce) {
                // The rows from `first` on lie in the picture, and so do the bytes of each strip below.
                let count = min(rowsAtOnce, size.height - first)
                unsafe bench.blurRows(start + first * rowBytes, width: size.width, count: count, channels, box)
            }
            for first in stride(from: 0, to: rowBytes, by: stripBytes) {
                let count = min(stripBytes, rowBytes - first)
                unsafe bench.blurColumns(start + first, stride: rowBytes, height: size.height, bytes: count, box)
            }
        }
    }

    /// The samples of all rows that are turned together: a cache line.
    private static let laneBytes = 64
    /// The width of a strip; a strip of a thousand rows fits the second-level cache.
    private static let stripBytes = 256
}

/// Memory for blurring a part of a picture: two blocks, and a row of sums.
@safe
private struct BlurBench {
    private let sums: UnsafeMutablePointer<UInt32>
    private let first: UnsafeMutablePointer<UInt8>
    private let second: UnsafeMutablePointer<UInt8>

    /// Divides scratch memory up, which must not change hands meanwhile.
    init(_ scratch: GrowableBuffer, samples: Int, across: Int) throws(PenstockError) {
        let base = try unsafe scratch.reserve(4 * across + 2 * samples)
        // The parts follow one another and end where the reservation ends; its start is aligned for any of them.
        unsafe sums = base.assumingMemoryBound(to: UInt32.self)
        unsafe first = (base + 4 * across).assumingMemoryBound(to: UInt8.self)
        unsafe second = unsafe first + samples
    }

    /// Blurs rows without gaps, in place.
    @unsafe
    func blurRows(
        _ rows: UnsafeMutablePointer<UInt8>,
        width: Int,
        count: Int,
        _ channels: Int,
        _ box: penstock_box
    ) {
        let (rowBytes, across) = (width * channels, count * channels)
        // Both blocks hold `width` turned rows of `across` bytes.
        unsafe penstock_block_transpose(first, across, channels, rows, rowBytes, width, count, channels)
        unsafe pass(box, from: first, across, width, across, to: second, across)
        unsafe pass(box, from: second, across, width, across, to: first, across)
        unsafe pass(box, from: first, across, width, across, to: second, across)
        unsafe penstock_block_transpose(rows, rowBytes, channels, second, across, count, width, channels)
    }

    /// Blurs a strip of columns, in place.
    @unsafe
    func blurColumns(
        _ strip: UnsafeMutablePointer<UInt8>,
        stride: Int,
        height: Int,
        bytes: Int,
        _ box: penstock_box
    ) {
        // Both blocks hold `height` rows of `bytes` bytes.
        unsafe pass(box, from: strip, stride, height, bytes, to: first, bytes)
        unsafe pass(box, from: first, bytes, height, bytes, to: second, bytes)
        unsafe pass(box, from: second, bytes, height, bytes, to: strip, stride)
    }

    @unsafe
    private func pass(
        _ box: penstock_box,
        from rows: UnsafePointer<UInt8>,
        _ stride: Int,
        _ height: Int,
        _ bytes: Int,
        to out: UnsafeMutablePointer<UInt8>,
        _ outStride: Int
    ) {
        var box = box
        // The callers say where the rows are; there are sums for the widest of them.
        unsafe penstock_blur_columns(&box, rows, stride, Int32(height), Int32(bytes), sums, out, outStride)
    }
}

extension penstock_box {
    /// The box of which three passes blur as a Gaussian of this standard deviation does.
    ///
    /// Gwosdek and others, "Theoretical foundations of Gaussian convolution by extended box filtering", equations 7, 11
    /// and 14, in the precisions in which Pillow evaluates them.
    fileprivate init(gaussian deviation: Float) {
        let variance = deviation * deviation / 3
        let length = Float((12 * Double(variance) + 1).squareRoot())
        let whole = Float(((Double(length) - 1) / 2).rounded(.down))
        var part = (2 * whole + 1) * (whole * (whole + 1) - 3 * variance)
        part /= 6 * (variance - (whole + 1) * (whole + 1))
        let radius = whole + part
        let one: UInt32 = 1 << 24
        let weight = UInt32(Float(one) / (radius * 2 + 1))
        let covered = UInt32(Int(radius) * 2 + 1)
        self.init(radius: Int32(radius), whole: weight, fraction: (one &- covered &* weight) / 2)
    }
}
