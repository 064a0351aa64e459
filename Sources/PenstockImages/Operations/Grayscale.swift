import CPenstockKernels
import PenstockCore

extension PixelWorkshop {
    /// Colours become luma, opacity is dropped.
    func makeGray(_ pixels: inout PixelBuffer) throws(PenstockError) {
        guard pixels.layout != .gray else { return }
        let (width, rowBytes, channels) = (pixels.size.width, pixels.rowBytes, pixels.layout.channels)
        let row = try unsafe scratch.reserve(width).assumingMemoryBound(to: UInt8.self)
        unsafe pixels.withUnsafeMutableBytes { bytes in
            let start = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
            for y in 0..<bytes.count / rowBytes {
                // Grey rows are shorter, so each lies at or before its source, which has been read by then.
                unsafe penstock_row_luma(row, start + y * rowBytes, width, channels)
                unsafe (start + y * width).update(from: row, count: width)
            }
        }
        pixels.reshape(to: pixels.size, .gray)
    }
}
