import PenstockCore

extension PixelWorkshop {
    /// Cuts a part out.
    func crop(_ pixels: inout PixelBuffer, _ cropping: Cropping) throws(PenstockError) {
        let part = cropping.size
        let (x, y) = try cropping.corner(in: pixels.size)
        let (rowBytes, partBytes) = (pixels.rowBytes, part.width * pixels.layout.channels)
        let start = y * rowBytes + x * pixels.layout.channels
        unsafe pixels.withUnsafeMutableBytes { bytes in
            for row in 0..<part.height {
                // The part's rows are shorter, so each moves down to a place before those that are still to be read.
                let source = start + row * rowBytes
                unsafe (bytes.baseAddress! + row * partBytes)
                    .copyMemory(from: bytes.baseAddress! + source, byteCount: partBytes)
            }
        }
        pixels.reshape(to: part, pixels.layout)
    }
}

extension Cropping {
    /// Where the part starts in a picture of some size.
    ///
    /// - Throws: Where it does not lie inside.
    func corner(in size: ImageSize) throws(PenstockError) -> (x: Int, y: Int) {
        let part = self.size
        let x = x ?? (size.width - part.width) / 2
        let y = y ?? (size.height - part.height) / 2
        // Subtracting what is not negative cannot overflow.
        guard min(part.width, part.height) > 0, min(x, y) >= 0, part.width <= size.width, part.height <= size.height,
            x <= size.width - part.width, y <= size.height - part.height
        else {
            throw PenstockError(
                .unsupported,
                at: .preprocess,
                "A part of \(part) at \(x), \(y) does not lie inside a picture of \(size). Crop less, or resize first."
            )
        }
        return (x, y)
    }
}
