import PenstockCore

extension PixelWorkshop {
    /// Surrounds a picture with a colour.
    func pad(_ pixels: inout PixelBuffer, _ padding: Padding) throws(PenstockError) {
        let size = pixels.size
        let padded = padding.amount.size(around: size)
        if padded == size { return }
        try padded.checkResult(of: size, "padded")
        spare.reshape(to: padded, pixels.layout)
        spare.fill(with: padding.background)
        let (rowBytes, paddedBytes) = (pixels.rowBytes, spare.rowBytes)
        let left = (padded.width - size.width).halfToEven * pixels.layout.channels
        let start = (padded.height - size.height).halfToEven * paddedBytes + left
        unsafe pixels.withUnsafeMutableBytes { source in
            unsafe spare.withUnsafeMutableBytes { target in
                for row in 0..<size.height {
                    // The padded picture is larger, and holds each row between its margins.
                    unsafe (target.baseAddress! + start + row * paddedBytes)
                        .copyMemory(from: source.baseAddress! + row * rowBytes, byteCount: rowBytes)
                }
            }
        }
        swap(&pixels, &spare)
    }
}

extension Padding.Amount {
    /// The size that a picture has afterwards.
    fileprivate func size(around size: ImageSize) -> ImageSize {
        switch self {
        case .border(let border): ImageSize(width: size.width + 2 * border, height: size.height + 2 * border)
        case .size(let wanted):
            ImageSize(width: max(size.width, wanted.width), height: max(size.height, wanted.height))
        }
    }
}
