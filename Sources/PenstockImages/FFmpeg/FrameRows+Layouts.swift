internal import CPenstockKernels
internal import PenstockCore

extension FrameRows {
    /// Writes row `y` in a layout that the conversion gives.
    func write(_ y: Int, as layout: PixelLayout, to destination: UnsafeMutablePointer<UInt8>) {
        switch layout {
        // `destination` has room for the row in this layout.
        case .gray: unsafe writeGray(y, to: destination)
        case .rgb: unsafe write(y, to: destination)
        case .rgba: unsafe writeRGBA(y, to: destination)
        }
    }

    private func writeGray(_ y: Int, to destination: UnsafeMutablePointer<UInt8>) {
        // `y` is a row of the frame, and `destination` has room for a byte a pixel.
        let source = unsafe row(y, of: 0)
        switch conversion {
        case .gray(let step, let offset, _): unsafe penstock_row_channel(destination, source + offset, size.width, step)
        case .bits(let zero): unsafe penstock_row_gray_bits(destination, source, size.width, zero, 255 - zero)
        default: preconditionFailure("only grey frames are read as grey")
        }
    }

    private func writeRGBA(_ y: Int, to destination: UnsafeMutablePointer<UInt8>) {
        let width = size.width
        // As above, with four bytes a pixel; a fourth plane is there where there is opacity.
        let source = unsafe row(y, of: 0)
        switch conversion {
        case .pick(let step, let red, let green, let blue, let alpha?):
            unsafe penstock_row_pick_rgba(destination, source, width, step, red, green, blue, alpha)
        case .gray(let step, let offset, let alpha?):
            unsafe penstock_row_pick_rgba(destination, source, width, step, offset, offset, offset, alpha)
        case .palette: unsafe penstock_row_palette_rgba(destination, source, palette, width)
        case .planes(let step, let offset, hasAlpha: true):
            unsafe write(y, to: destination + width)
            unsafe penstock_row_add_alpha(destination, row(y, of: 3) + offset, width, step)
        case .webp(let hasAlpha):
            unsafe write(y, to: destination + width)
            unsafe penstock_row_add_alpha(destination, hasAlpha ? row(y, of: 3) : nil, width, 1)
        default: preconditionFailure("only frames with opacity are read as RGBA")
        }
    }
}
