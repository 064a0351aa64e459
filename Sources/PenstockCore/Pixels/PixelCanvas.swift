/// Collects a picture as its rows come; one that is used again and again keeps its memory.
package final class PixelCanvas: RowSink {
    /// The picture.
    package var pixels = PixelBuffer()
    private let wish: (PixelLayout) -> PixelLayout

    /// Makes a canvas that asks for layouts by a rule; without one, everything becomes RGB.
    package init(layout wish: @escaping (PixelLayout) -> PixelLayout = { _ in .rgb }) {
        self.wish = wish
    }

    package func smallestUsefulSize(of source: ImageSize) -> ImageSize { source }

    package func layout(of natural: PixelLayout) -> PixelLayout { wish(natural) }

    package func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {
        pixels.reshape(to: size, layout)
    }

    package func take(_ rows: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        let rowBytes = pixels.rowBytes
        precondition(first >= 0 && count >= 0 && first + count <= pixels.size.height, "rows lie in the picture")
        precondition(count == 0 || (count - 1) * stride + rowBytes <= rows.count, "rows lie in what was given")
        unsafe pixels.withUnsafeMutableBytes { destination in
            for row in 0..<count {
                // Both ends were just checked.
                let source = unsafe UnsafeRawBufferPointer(rebasing: rows[row * stride..<row * stride + rowBytes])
                let start = (first + row) * rowBytes
                unsafe UnsafeMutableRawBufferPointer(rebasing: destination[start..<start + rowBytes])
                    .copyMemory(from: source)
            }
        }
    }
}
