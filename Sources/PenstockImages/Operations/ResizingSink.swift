package import PenstockCore

/// Resizes a picture's rows as the decoder emits them, so that the whole source picture never exists.
///
/// What comes of it equals what `PixelWorkshop` makes of the whole picture, unless decoders may deliver it smaller.
package final class ResizingSink: RowSink {
    /// The resized picture, once the decoder has returned and `finish` was called.
    package private(set) var pixels = PixelBuffer()

    private let resizing: Resizing
    private let allowsScaledDecoding: Bool
    private let wish: (PixelLayout) -> PixelLayout
    private let resizer: PictureResizer
    private var geometry: ResizeGeometry?
    /// The size of the picture that is to come, where the decoder asked how much of it is needed.
    private var wholeSize: ImageSize?

    /// Makes a sink that asks for layouts by a rule; without one, everything becomes RGB.
    package init(
        _ resizing: Resizing,
        allowsScaledDecoding: Bool = false,
        layout wish: @escaping (PixelLayout) -> PixelLayout = { _ in .rgb }
    ) {
        self.resizing = resizing
        self.allowsScaledDecoding = allowsScaledDecoding
        self.wish = wish
        resizer = PictureResizer(resizing.filter)
    }

    package func smallestUsefulSize(of source: ImageSize) -> ImageSize {
        wholeSize = source
        guard allowsScaledDecoding, let geometry = try? ResizeGeometry(resizing, of: source) else { return source }
        let resized = geometry.placement.resized
        return ImageSize(width: min(source.width, resized.width), height: min(source.height, resized.height))
    }

    package func layout(of natural: PixelLayout) -> PixelLayout { wish(natural) }

    package func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {
        let geometry = try ResizeGeometry(resizing, of: wholeSize ?? size)
        wholeSize = nil
        self.geometry = geometry
        try resizer.begin(size, layout, as: geometry.placement, on: geometry.canvas)
        pixels.reshape(to: geometry.canvas, layout)
    }

    package func take(_ rows: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        // The rows are handed on as they were given.
        unsafe resizer.take(rows, stride: stride, first: first, count: count)
    }

    /// Makes the picture, once every row was taken.
    package func finish() {
        guard let geometry else { preconditionFailure("a picture is begun before it is finished") }
        self.geometry = nil
        if geometry.hasMargins { pixels.fill(with: resizing.background) }
        resizer.finish(into: &pixels)
        resizer.trim(to: GrowableBuffer.keptBytes)
    }

    /// Exchanges the picture with another, whose memory serves for the next one.
    package func exchange(with other: inout PixelBuffer) {
        swap(&pixels, &other)
    }
}
