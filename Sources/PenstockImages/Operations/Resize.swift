import PenstockCore

extension PixelWorkshop {
    /// Resizes as Pillow does.
    func resize(_ pixels: inout PixelBuffer, _ resizing: Resizing) throws(PenstockError) {
        let geometry = try ResizeGeometry(resizing, of: pixels.size)
        if geometry.placement.resized == pixels.size, geometry.canvas == pixels.size { return }
        let resizer = resizer(resizing.filter)
        try resizer.begin(pixels.size, pixels.layout, as: geometry.placement, on: geometry.canvas)
        let (rowBytes, height) = (pixels.rowBytes, pixels.size.height)
        unsafe pixels.withUnsafeMutableBytes { bytes in
            // These are all rows of the picture, without gaps.
            unsafe resizer.take(UnsafeRawBufferPointer(bytes), stride: rowBytes, first: 0, count: height)
        }
        spare.reshape(to: geometry.canvas, pixels.layout)
        if geometry.hasMargins { spare.fill(with: resizing.background) }
        resizer.finish(into: &spare)
        swap(&pixels, &spare)
    }
}

extension ResizeGeometry {
    /// Whether the picture leaves some of its canvas free.
    var hasMargins: Bool { placement.resized.width < canvas.width || placement.resized.height < canvas.height }
}
