import CPenstockKernels

/// Conversions of single rows to the interleaved 8-bit RGB that a `RowSink` takes, for decoders.
///
/// Each reads and writes exactly the pixels that it names; sources and destinations do not overlap.
package enum PixelRow {
    /// Writes each of `count` grey samples three times.
    @unsafe
    package static func gray(_ source: UnsafePointer<UInt8>, toRGB out: UnsafeMutablePointer<UInt8>, count: Int) {
        unsafe penstock_gray_to_rgb(source, Int32(count), out)
    }

    /// Drops the alpha of `count` pixels.
    @unsafe
    package static func rgba(_ source: UnsafePointer<UInt8>, toRGB out: UnsafeMutablePointer<UInt8>, count: Int) {
        unsafe penstock_rgba_to_rgb(source, Int32(count), out)
    }

    /// Converts `count` pixels of inks by Pillow's formula; `inverted` when 255 means no ink, as Adobe writes JPEG.
    @unsafe
    package static func cmyk(
        _ source: UnsafePointer<UInt8>,
        inverted: Bool,
        toRGB out: UnsafeMutablePointer<UInt8>,
        count: Int
    ) {
        unsafe penstock_cmyk_to_rgb(source, Int32(count), inverted ? 1 : 0, out)
    }

    /// Reverses the order of `count` pixels.
    @unsafe
    package static func mirror(_ source: UnsafePointer<UInt8>, into out: UnsafeMutablePointer<UInt8>, count: Int) {
        unsafe penstock_mirror_rgb(source, Int32(count), out)
    }

    /// Turns `size.height` rows into as many columns: pixel x of row y becomes pixel y of row x.
    ///
    /// Strides are in bytes and may be negative; with a pointer to the last row that gives every turn and flip.
    @unsafe
    package static func transpose(
        _ rows: UnsafePointer<UInt8>,
        stride: Int,
        size: ImageSize,
        into out: UnsafeMutablePointer<UInt8>,
        outStride: Int
    ) {
        unsafe penstock_transpose_rgb(rows, stride, Int32(size.width), Int32(size.height), out, outStride)
    }
}
