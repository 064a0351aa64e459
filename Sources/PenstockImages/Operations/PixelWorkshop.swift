package import PenstockCore

/// Carries operations out on pictures, one after another, with scratch memory that it keeps. One thread uses it.
///
/// Every operation gives the bits that Pillow 13 gives, for grey, RGB and RGBA.
package final class PixelWorkshop {
    /// A second picture, for operations that cannot work in place; it changes places with the one worked on.
    var spare = PixelBuffer()
    /// Memory for whatever an operation needs meanwhile.
    let scratch = GrowableBuffer()
    /// What each of the 256 values becomes.
    var table = [UInt8](repeating: 0, count: 256)
    /// The resizers of the filters that were asked for.
    var resizers: [ResamplingFilter: PictureResizer] = [:]

    package init() {}

    /// Carries one operation out in place.
    ///
    /// - Throws: Where the picture is of a size at which the operation makes no sense, or memory is short.
    package func apply(_ operation: PixelOperation, to pixels: inout PixelBuffer) throws(PenstockError) {
        guard min(pixels.size.width, pixels.size.height) > 0 else {
            throw PenstockError(.corrupt, at: .preprocess, "The picture has no pixels: its size is \(pixels.size).")
        }
        guard max(pixels.size.width, pixels.size.height) < Int(Int32.max) / 4 else {
            throw PenstockError(.tooLarge, at: .preprocess, "A picture of \(pixels.size) is too long to work on.")
        }
        defer { trim() }
        switch operation {
        case .gray: try makeGray(&pixels)
        case .resize(let resizing): try resize(&pixels, resizing)
        case .crop(let cropping): try crop(&pixels, cropping)
        case .rotate(let degrees): try rotate(&pixels, degrees: degrees)
        case .flip(let axis): try flip(&pixels, axis)
        case .blur(let radius): try blur(&pixels, deviation: radius)
        case .brightness(let factor): brighten(&pixels, factor: Float(factor))
        case .contrast(let factor): changeContrast(&pixels, factor: Float(factor))
        case .saturation(let factor): saturate(&pixels, factor: Float(factor))
        case .pad(let padding): try pad(&pixels, padding)
        }
    }

    /// The resizer of a filter, made when it is first asked for.
    func resizer(_ filter: ResamplingFilter) -> PictureResizer {
        if let known = resizers[filter] { return known }
        let made = PictureResizer(filter)
        resizers[filter] = made
        return made
    }

    /// Lets go of what one huge picture left behind.
    private func trim() {
        scratch.trim()
        if spare.bytes.capacity > GrowableBuffer.keptBytes { spare = PixelBuffer() }
        for resizer in resizers.values { resizer.trim(to: GrowableBuffer.keptBytes) }
    }
}
