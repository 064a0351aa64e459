/// A whole picture in memory: upright rows of interleaved 8-bit RGB without gaps.
public final class PixelBuffer {
    /// The size in pixels.
    public private(set) var size = ImageSize(width: 0, height: 0)
    /// The pixels, row after row: red, green and blue of each.
    public private(set) var bytes: [UInt8] = []

    package init() {}
}

/// Collects a picture as its rows come.
extension PixelBuffer: RowSink {
    package func smallestUsefulSize(of source: ImageSize) -> ImageSize { source }

    package func begin(_ size: ImageSize) throws(PenstockError) {
        self.size = size
        bytes = [UInt8](repeating: 0, count: size.pixelCount * 3)
    }

    package func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        let rowBytes = size.width * 3
        unsafe bytes.withUnsafeMutableBytes { destination in
            for row in 0..<count {
                // The decoder promised `count` rows `stride` bytes apart, and slices check their bounds.
                let source = unsafe UnsafeRawBufferPointer(rebasing: pixels[row * stride..<row * stride + rowBytes])
                let start = (first + row) * rowBytes
                unsafe UnsafeMutableRawBufferPointer(rebasing: destination[start..<start + rowBytes])
                    .copyMemory(from: source)
            }
        }
    }
}
