package import PenstockCore

/// What a picture is, as its file says.
package struct PictureInfo: Hashable, Sendable {
    /// The upright size of the whole picture, even where it was decoded smaller.
    package var size: ImageSize
    /// The format, from the content.
    package var format: PictureFormat
    /// How the stored pixels are turned to stand upright.
    package var orientation: Orientation
    /// The layout that holds all of its channels.
    package var natural = PixelLayout.rgb
    /// The bits of a sample in the file.
    package var depth = 8
    /// Whether the data end before the picture does; only a decoder that may accept this returns it.
    package var truncated = false
    /// What the decoder noticed and could live with.
    package var warning: String?
    /// More about the coding, for a person; only a probe fills it in.
    package var details: String?
}
