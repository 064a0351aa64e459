package import CFFmpeg
internal import CPenstockKernels
package import PenstockCore

/// Reads a decoded frame as rows of RGB, or in another layout that its conversion gives.
@safe package struct FrameRows {
    let frame: UnsafeMutablePointer<AVFrame>
    let conversion: FrameConversion

    /// Reads a frame, which stays readable for as long as this is used, by the conversion that was made for it.
    package init(frame: UnsafeMutablePointer<AVFrame>, conversion: FrameConversion) {
        unsafe self.frame = unsafe frame
        self.conversion = conversion
    }

    /// The frame's size; each stored row has its width.
    package var size: ImageSize {
        unsafe ImageSize(width: Int(frame.pointee.width), height: Int(frame.pointee.height))
    }

    /// Writes row `y` at `destination`, which has room for a row of RGB.
    package func write(_ y: Int, to destination: UnsafeMutablePointer<UInt8>) {
        let width = size.width
        // `y` is a row of the frame, whose planes have that many rows of the format's length.
        let source = unsafe row(y, of: 0)
        switch conversion {
        case .copy: unsafe destination.update(from: source, count: width * 3)
        case .pick(let step, let red, let green, let blue, _):
            unsafe penstock_row_pick(destination, source, width, step, red, green, blue)
        case .gray(let step, let offset, _): unsafe penstock_row_gray(destination, source + offset, width, step)
        case .bits(let zero): unsafe penstock_row_bits(destination, source, width, zero, 255 - zero)
        case .palette: unsafe penstock_row_palette(destination, source, palette, width)
        case .packed(let greenBits): unsafe penstock_row_packed(destination, source, width, greenBits)
        case .planes(let step, let offset, _):
            let (blue, red) = unsafe (row(y, of: 1), row(y, of: 2))
            unsafe penstock_row_planes(destination, red + offset, source + offset, blue + offset, width, step)
        case .webp: unsafe writeWebP(y, luma: source, to: destination)
        case .yuv(let yuv): unsafe writeYUV(y, yuv, luma: source, to: destination)
        case .swscale: preconditionFailure("frames that FFmpeg scales are read through ScaledRows")
        }
    }

    /// The start of row `y` in a plane; rows of chroma are counted in the plane's own rows.
    func row(_ y: Int, of plane: Int) -> UnsafeMutablePointer<UInt8> {
        // No more planes are asked for than the format has.
        switch plane {
        case 0: unsafe frame.pointee.data.0! + y * Int(frame.pointee.linesize.0)
        case 1: unsafe frame.pointee.data.1! + y * Int(frame.pointee.linesize.1)
        case 2: unsafe frame.pointee.data.2! + y * Int(frame.pointee.linesize.2)
        default: unsafe frame.pointee.data.3! + y * Int(frame.pointee.linesize.3)
        }
    }

    /// The second plane of a frame with a palette.
    var palette: UnsafeMutablePointer<UInt8> {
        unsafe frame.pointee.data.1!
    }

    /// The chroma rows that a luma row leans on, where they lie between luma rows: its own and the next nearest.
    private func chromaRows(_ y: Int) -> (near: Int, far: Int) {
        let near = y / 2
        return (near, min(max(y % 2 == 0 ? near - 1 : near + 1, 0), (size.height - 1) / 2))
    }

    private func writeWebP(_ y: Int, luma: UnsafeMutablePointer<UInt8>, to destination: UnsafeMutablePointer<UInt8>) {
        let (near, far) = chromaRows(y)
        // `near` and `far` are rows of the half-height chroma planes.
        let rows = unsafe (row(near, of: 1), row(near, of: 2), row(far, of: 1), row(far, of: 2))
        unsafe penstock_row_webp(destination, luma, rows.0, rows.1, rows.2, rows.3, size.width)
    }

    private func writeYUV(
        _ y: Int,
        _ yuv: PlanarYUV,
        luma: UnsafeMutablePointer<UInt8>,
        to destination: UnsafeMutablePointer<UInt8>
    ) {
        let (near, far) = yuv.halvesHeight ? chromaRows(y) : (y, y)
        // `near` and `far` are rows of the chroma planes, which are as high as luma or half of it; where both kinds
        // share a plane, each starts at its own place in it.
        let plane = yuv.chroma == .separate ? 2 : 1
        var row = unsafe penstock_yuv_row(
            luma: luma,
            near_u: row(near, of: 1) + yuv.uOffset,
            near_v: row(near, of: plane) + yuv.vOffset,
            far_u: row(far, of: 1) + yuv.uOffset,
            far_v: row(far, of: plane) + yuv.vOffset
        )
        var colors = yuv.colors
        unsafe penstock_kernels_fastest().pointee.convert_yuv(&colors, &row, Int32(size.width), destination)
    }
}
