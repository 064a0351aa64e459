internal import CPenstockKernels

extension PlanarResampler {
    /// Where the samples of one row are: luma, and each kind of chroma.
    private typealias Samples = (
        luma: UnsafeMutablePointer<UInt8>, u: UnsafeMutablePointer<UInt8>, v: UnsafeMutablePointer<UInt8>
    )

    /// Makes some rows of the part that shows: planes along the columns, triples along the rows, then colours.
    @unsafe
    func resample(
        _ rows: Range<Int>,
        of picture: PlanarPicture,
        _ geometry: Geometry,
        into out: UnsafeMutablePointer<UInt8>
    ) {
        let stride = Resampler.roundedUp(3 * picture.size.width) + 3 * Int(PENSTOCK_ROW_SLACK)
        let joined = unsafe triples.reserve(rows.count * stride).assumingMemoryBound(to: UInt8.self)
        let count = Int32(rows.count)
        var colors = picture.colors
        // Rows of triples, and of `out`, have room for the slack that each kernel asks for.
        for (place, index) in rows.enumerated() {
            unsafe join(index, of: picture, geometry, into: joined + place * stride)
        }
        unsafe penstock_resample_rows(
            kernels,
            geometry.horizontal.axis,
            joined,
            stride,
            count,
            out,
            geometry.rowStride
        )
        for place in 0..<rows.count {
            unsafe kernels.pointee.color_triples(
                &colors,
                out + place * geometry.rowStride,
                Int32(geometry.columns.count)
            )
        }
    }

    /// Row `index` of all planes, as triples at the columns that are needed.
    @unsafe
    private func join(
        _ index: Int,
        of picture: PlanarPicture,
        _ geometry: Geometry,
        into out: UnsafeMutablePointer<UInt8>
    ) {
        let samples = unsafe resampleColumns(index, of: picture, geometry)
        let needed = geometry.lumaColumns
        let chromaStart = geometry.chromaColumns.lowerBound
        // Each row of samples has its slack, and the triples have three times as much behind the last pixel.
        unsafe kernels.pointee.join_planes(
            samples.luma + needed.lowerBound,
            samples.u + chromaStart,
            samples.v + chromaStart,
            Int32(needed.count),
            picture.colors.halves_width ? 1 : 0,
            picture.colors.chroma_step,
            out + 3 * needed.lowerBound
        )
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
