/// What a decoder may and may not do.
package struct DecodeOptions: Hashable, Sendable {
    /// The most pixels that a picture may hold; a larger one is refused before its pixels are decoded.
    package var maxPixels: Int
    /// Whether a picture cut short is decoded as far as it goes, and marked, instead of failing.
    package var allowTruncated: Bool

    /// Makes options.
    package init(maxPixels: Int = Self.defaultMaxPixels, allowTruncated: Bool = false) {
        self.maxPixels = maxPixels
        self.allowTruncated = allowTruncated
    }

    /// A gigabyte of 24-bit pixels by Pillow's reckoning at which it refuses: twice 2³⁰ ÷ 4 ÷ 3.
    package static let defaultMaxPixels = 178_956_970
}
