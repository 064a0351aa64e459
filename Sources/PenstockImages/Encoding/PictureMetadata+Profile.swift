import PenstockCore

extension PictureMetadata {
    /// The colour profile, if it is one for pixels of a layout: that of a colour picture says nothing of grey pixels,
    /// and readers refuse it.
    func profile(for layout: PixelLayout) -> [UInt8]? {
        // The kind of colours stands at a fixed place in a profile's header.
        let kind: StaticString = layout == .gray ? "GRAY" : "RGB "
        guard let icc, icc.span.has(kind, at: 16) else { return nil }
        return icc
    }
}
