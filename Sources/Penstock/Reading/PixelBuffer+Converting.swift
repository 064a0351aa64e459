public import PenstockCore
public import PenstockImages

extension PixelBuffer {
    /// The picture in another layout: luma as Pillow computes it, opacity left out or full.
    ///
    /// - Throws: A `PenstockError` where memory is short.
    public func converted(to layout: PixelLayout) throws -> PixelBuffer {
        if layout == self.layout { return self }
        return try LayoutConversion.convert(self, to: layout, with: PixelWorkshop())
    }

    /// The picture resized, exactly as Pillow does.
    ///
    /// - Throws: A `PenstockError` where the size makes no sense.
    public func resized(to size: ImageSize, filter: ResamplingFilter = .lanczos) throws -> PixelBuffer {
        try applying(.resize(Resizing(.size(size), filter: filter)))
    }

    /// The picture with one operation carried out.
    ///
    /// - Throws: A `PenstockError` where the operation makes no sense for it.
    public func applying(_ operation: PixelOperation) throws -> PixelBuffer {
        try PixelWorkshop.check(operation)
        var pixels = self
        try PixelWorkshop().apply(operation, to: &pixels)
        return pixels
    }
}
