/// Takes a picture's rows as a decoder makes them, so that no whole picture need exist in memory.
///
/// A decoder calls `begin` once, `take` until it has delivered every row once, and then returns; whoever called the
/// decoder finishes the work. Rows are interleaved 8-bit samples, already turned upright.
package protocol RowSink: AnyObject {
    /// The smallest picture that still serves, given what the file holds; a decoder that can decode straight to a
    /// smaller size may deliver any size from this one up to `source`. Returning `source` asks for every pixel.
    func smallestUsefulSize(of source: ImageSize) -> ImageSize

    /// The layout in which rows are wanted of a picture whose file holds `natural`. RGB is always given where it is asked
    /// for; another layout only by decoders that can make it as cheaply, and `begin` tells.
    func layout(of natural: PixelLayout) -> PixelLayout

    /// Announces the size and the layout of the picture whose rows follow.
    func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError)

    /// Takes `count` consecutive rows, the first of which is row `first` of the upright picture.
    ///
    /// `pixels` holds `count` rows that start `stride` bytes apart. Rows come in any order of blocks (a picture that
    /// is stored upside down starts at its foot), each exactly once.
    func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int)
}

extension RowSink {
    /// Most sinks know RGB alone.
    package func layout(of natural: PixelLayout) -> PixelLayout { .rgb }
}
