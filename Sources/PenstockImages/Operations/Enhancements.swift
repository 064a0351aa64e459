import CPenstockKernels
import PenstockCore

extension PixelWorkshop {
    /// Moves every sample away from black.
    func brighten(_ pixels: inout PixelBuffer, factor: Float) {
        blend(&pixels, from: 0, factor: factor)
    }

    /// Moves every sample away from the mean luma.
    func changeContrast(_ pixels: inout PixelBuffer, factor: Float) {
        blend(&pixels, from: pixels.meanLuma, factor: factor)
    }

    /// Moves colours away from their luma.
    func saturate(_ pixels: inout PixelBuffer, factor: Float) {
        guard pixels.layout != .gray else { return }
        let (count, channels) = (pixels.size.pixelCount, pixels.layout.channels)
        unsafe pixels.withUnsafeMutableBytes { bytes in
            let start = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
            // There are no gaps between rows, so the whole picture is one row of all its pixels.
            unsafe penstock_row_saturate(start, factor, count, channels)
        }
    }

    /// Moves every sample but opacity away from one level.
    private func blend(_ pixels: inout PixelBuffer, from level: UInt8, factor: Float) {
        for value in 0..<256 { table[value] = penstock_blend(level, UInt8(value), factor) }
        let (count, channels) = (pixels.size.pixelCount, pixels.layout.channels)
        let table = table
        unsafe pixels.withUnsafeMutableBytes { bytes in
            let start = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
            unsafe table.withUnsafeBufferPointer { table in
                // As above; the table has a place for every value of a byte.
                unsafe penstock_row_look_up(start, table.baseAddress, count, channels)
            }
        }
    }
}

extension PixelBuffer {
    /// The mean luma as Pillow's `ImageEnhance.Contrast` rounds it.
    fileprivate var meanLuma: UInt8 {
        let (count, channels) = (size.pixelCount, layout.channels)
        let sum = unsafe bytes.withUnsafeBufferPointer { bytes in
            // There are no gaps between rows, so the whole picture is one row of all its pixels.
            unsafe penstock_row_luma_sum(bytes.baseAddress, count, channels)
        }
        return UInt8(Double(sum) / Double(count) + 0.5)
    }
}
