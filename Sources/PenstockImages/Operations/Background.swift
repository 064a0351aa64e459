import PenstockCore

extension PixelBuffer {
    /// Paints everything in a colour, opaque.
    mutating func fill(with color: PixelColor) {
        let pixel = color.samples(layout)
        let rowBytes = rowBytes
        unsafe withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress, rowBytes > 0, bytes.count >= rowBytes else { return }
            // The first row is painted by pixels, the others are copies of it; all lie in the buffer.
            for index in 0..<rowBytes { unsafe bytes[index] = pixel[index % pixel.count] }
            for row in 1..<max(1, bytes.count / rowBytes) {
                unsafe (start + row * rowBytes).copyMemory(from: start, byteCount: rowBytes)
            }
        }
    }
}

extension PixelColor {
    /// The colour as the samples of one pixel.
    func samples(_ layout: PixelLayout) -> [UInt8] {
        switch layout {
        case .gray: [luma]
        case .rgb: [red, green, blue]
        case .rgba: [red, green, blue, 255]
        }
    }

    /// Pillow's luma.
    private var luma: UInt8 {
        let sum: Int = 19_595 * Int(red) + 38_470 * Int(green) + 7471 * Int(blue)
        return UInt8((sum + 0x8000) >> 16)
    }
}
