public import PenstockCore

extension VideoFrame {
    /// The whole frame as RGB, upright, converted with its own matrix and range.
    ///
    /// - Throws: A `PenstockError` when the frame's pixels are of a kind that cannot be converted.
    public func pixels() throws -> PixelBuffer {
        let canvas = PixelCanvas()
        try WholeFrames().deliver(self, to: canvas)
        return canvas.pixels
    }
}
