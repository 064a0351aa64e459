internal import CPenstockKernels

extension PlanarResampler {
    /// Where the samples of one row are: luma, and each kind of chroma.
    private typealias Samples = (
        luma: UnsafeMutablePointer<UInt8>, u: UnsafeMutablePointer<UInt8>, v: UnsafeMutablePointer<UInt8>
    )

    /// Makes row `index` of the part that shows: planes along the columns, triples along the rows, then colours.
    @unsafe
    func resample(
        _ index: Int,
        of picture: PlanarPicture,
        _ geometry: Geometry,
        into out: UnsafeMutablePointer<UInt8>
    ) {
        let samples = unsafe resampleColumns(index, of: picture, geometry)
        let needed = geometry.lumaColumns
        let chromaStart = geometry.chromaColumns.lowerBound
        let tripleBytes = Resampler.roundedUp(3 * picture.size.width) + 3 * Int(PENSTOCK_ROW_SLACK)
        let row = unsafe triples.reserve(tripleBytes).assumingMemoryBound(to: UInt8.self)
        var colors = picture.colors
        // Each row of samples has its slack, and the triples have three times as much behind the last pixel.
        unsafe kernels.pointee.join_planes(
            samples.luma + needed.lowerBound,
            samples.u + chromaStart,
            samples.v + chromaStart,
            Int32(needed.count),
            colors.halves_width ? 1 : 0,
            colors.chroma_step,
            row + 3 * needed.lowerBound
        )
        unsafe penstock_resample_rows(kernels, geometry.horizontal.axis, row, tripleBytes, 1, out, tripleBytes)
        unsafe kernels.pointee.color_triples(&colors, out, Int32(geometry.columns.count))
    }

    /// Row `index` of each plane, at the columns that are needed.
    @unsafe
    private func resampleColumns(_ index: Int, of picture: PlanarPicture, _ geometry: Geometry) -> Samples {
        // No row of chroma is longer than two rows of luma, or than one where each kind has its own.
        let stride = Resampler.roundedUp(picture.size.width)
        let base = unsafe planeRow.reserve(4 * stride).assumingMemoryBound(to: UInt8.self)
        let (first, second) = unsafe (base + stride, base + 3 * stride)
        unsafe luma.resample(index, by: geometry.vertical, columns: geometry.lumaColumns, into: base)
        let columns = geometry.chromaColumns
        switch picture.chroma {
        case .none:
            unsafe first.update(repeating: 128, count: stride)
            return unsafe (base, first, first)
        case .separate:
            unsafe firstChroma.resample(index, by: geometry.chromaVertical, columns: columns, into: first)
            unsafe secondChroma.resample(index, by: geometry.chromaVertical, columns: columns, into: second)
            return unsafe (base, first, second)
        case .shared(_, let startsWithV):
            unsafe firstChroma.resample(index, by: geometry.chromaVertical, columns: columns, into: first)
            return unsafe startsWithV ? (base, first + 1, first) : (base, first, first + 1)
        }
    }
}
