internal import CPenstockKernels
import PenstockCore

/// Turns rows of pixels into the small differences that compress well.
@safe struct PixelFilter {
    private let kernels: UnsafePointer<penstock_png_kernels>

    /// Makes a filter of one variant of the kernels; all give the same bytes.
    init(_ variant: KernelVariant = .fastest) {
        // Tables are static: this pointer never dangles.
        guard let kernels = unsafe penstock_png_kernels_of(variant.number) else {
            preconditionFailure("this processor does not run the \(variant.rawValue) kernels")
        }
        unsafe self.kernels = unsafe kernels
    }

    /// Filters rows of a picture as PNG does, each by the filter that leaves the least, with the filter's number first.
    ///
    /// `pixels` is the whole picture, and `out` has room for the rows and a byte more for each.
    @unsafe
    func filter(
        _ rows: Range<Int>,
        of pixels: UnsafeRawBufferPointer,
        rowBytes: Int,
        layout: PixelLayout,
        into out: UnsafeMutableRawPointer
    ) {
        precondition(rows.lowerBound >= 0 && rows.upperBound * rowBytes <= pixels.count, "rows lie in the picture")
        let picture = unsafe pixels.assumingMemoryBound(to: UInt8.self).baseAddress!
        // The rows and the one above them lie in the picture, as was just checked.
        unsafe penstock_png_filter_rows(
            kernels,
            picture + rows.lowerBound * rowBytes,
            rows.lowerBound > 0 ? picture + (rows.lowerBound - 1) * rowBytes : nil,
            rows.count,
            rowBytes,
            layout.channels,
            out.assumingMemoryBound(to: UInt8.self)
        )
    }

    /// Writes a row's differences from pixel to pixel, with nothing before them: TIFF's horizontal predictor.
    ///
    /// `out` has room for as many bytes as the row has, which are whole pixels.
    @unsafe
    func difference(_ row: UnsafeRawBufferPointer, layout: PixelLayout, into out: UnsafeMutableRawPointer) {
        let start = unsafe row.assumingMemoryBound(to: UInt8.self).baseAddress!
        // The row's bytes are readable, and `out` has as much room.
        unsafe penstock_png_differences(
            kernels,
            start,
            row.count,
            layout.channels,
            out.assumingMemoryBound(to: UInt8.self)
        )
    }
}
