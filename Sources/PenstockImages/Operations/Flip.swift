import CPenstockKernels
import PenstockCore

extension PixelWorkshop {
    /// Mirrors a picture in place.
    func flip(_ pixels: inout PixelBuffer, _ axis: PixelOperation.Axis) throws(PenstockError) {
        switch axis {
        case .horizontal: mirrorRows(of: &pixels)
        case .vertical: try reverseRows(of: &pixels)
        }
    }

    /// Turns every row round.
    func mirrorRows(of pixels: inout PixelBuffer) {
        let (size, rowBytes, channels) = (pixels.size, pixels.rowBytes, pixels.layout.channels)
        unsafe pixels.withUnsafeMutableBytes { bytes in
            let start = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
            // Each row of the picture has `size.width` pixels.
            for row in 0..<size.height { unsafe penstock_row_mirror(start + row * rowBytes, size.width, channels) }
        }
    }

    /// Exchanges the first row and the last, and so on.
    func reverseRows(of pixels: inout PixelBuffer) throws(PenstockError) {
        let (height, rowBytes) = (pixels.size.height, pixels.rowBytes)
        let kept = try unsafe scratch.reserve(rowBytes)
        unsafe pixels.withUnsafeMutableBytes { bytes in
            let start = bytes.baseAddress!
            for row in 0..<height / 2 {
                // Two different rows of the picture, and a third place as long.
                let (upper, lower) = unsafe (start + row * rowBytes, start + (height - 1 - row) * rowBytes)
                unsafe kept.copyMemory(from: upper, byteCount: rowBytes)
                unsafe upper.copyMemory(from: lower, byteCount: rowBytes)
                unsafe lower.copyMemory(from: kept, byteCount: rowBytes)
            }
        }
    }
}
