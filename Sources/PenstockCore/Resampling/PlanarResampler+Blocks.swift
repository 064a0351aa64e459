internal import CPenstockKernels

extension PlanarResampler {
    /// How many rows the kernels resample at a time: they load each weight once for all of them.
    private static let rowsAtOnce = 4

    /// Makes all rows as they lie in the stored picture, and shows each by its number; it is gone after that.
    @unsafe
    func makeRows(
        of picture: PlanarPicture,
        _ geometry: Geometry,
        _ body: (_ y: Int, _ row: UnsafePointer<UInt8>) -> Void
    ) {
        for first in stride(from: 0, to: geometry.target.height, by: Self.rowsAtOnce) {
            let block = first..<min(first + Self.rowsAtOnce, geometry.target.height)
            let rows = unsafe makeBlock(block, of: picture, geometry)
            // The block has a row at every stride.
            for y in block { unsafe body(y, rows + (y - first) * geometry.rowStride) }
        }
    }

    /// Some rows of the input as they lie in the stored picture, with padding around; valid until the next ones.
    @unsafe
    private func makeBlock(
        _ block: Range<Int>,
        of picture: PlanarPicture,
        _ geometry: Geometry
    ) -> UnsafePointer<UInt8> {
        let stride = geometry.rowStride
        let base = unsafe targetRows.reserve(Self.rowsAtOnce * stride).assumingMemoryBound(to: UInt8.self)
        let top = block.lowerBound - geometry.rows.targetStart
        let shown = (top..<top + block.count).clamped(to: 0..<geometry.rows.count)
        let start = 3 * geometry.columns.targetStart
        let end = start + 3 * geometry.columns.count
        // Each row has room for every pixel of the input, and for the slack after a window that ends with it.
        if !shown.isEmpty {
            unsafe resample(shown, of: picture, geometry, into: base + (shown.lowerBound - top) * stride + start)
        }
        // The kernels may have overwritten what follows the window, so the padding comes after them.
        for index in top..<top + block.count {
            let row = unsafe base + (index - top) * stride
            let isShown = shown.contains(index)
            unsafe row.update(repeating: padding, count: isShown ? start : stride)
            if isShown { unsafe (row + end).update(repeating: padding, count: stride - end) }
        }
        return unsafe UnsafePointer(base)
    }

    /// What surrounds a picture that does not fill the input.
    private var padding: UInt8 {
        if case .contain(let pad) = preprocessing.fit { pad } else { 0 }
    }
}
