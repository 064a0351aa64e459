import CPenstockKernels

extension Resampler {
    /// Runs the passes that are left and writes the picture into its place in the model's input.
    ///
    /// - Precondition: Every row was taken, and `slot` has exactly `preprocessing.byteCount` bytes, aligned for its type.
    package func finish(into slot: UnsafeMutableRawBufferPointer) {
        guard let picture else { preconditionFailure("a picture is begun before it is finished") }
        precondition(picture.rowsTaken == picture.size.height, "a decoder delivers every row once")
        precondition(slot.count == preprocessing.byteCount, "a slot has the size of one picture")
        self.picture = nil
        guard let out = slot.baseAddress else { return }
        let rowBytes = 3 * preprocessing.size.width
        // The row has room for every pixel of the input, and for the slack after a window that ends with it.
        let row = unsafe targetRow.reserve(Self.roundedUp(rowBytes)).assumingMemoryBound(to: UInt8.self)
        for y in 0..<preprocessing.size.height {
            let index = y - picture.rows.targetStart
            if index >= 0 && index < picture.rows.count {
                unsafe makeRow(index, of: picture, into: row)
            } else {
                unsafe row.update(repeating: padding, count: rowBytes)
            }
            unsafe tensorRows.write(row, at: y, into: out)
        }
    }

    /// What surrounds a picture that does not fill the input.
    private var padding: UInt8 {
        if case .contain(let pad) = preprocessing.fit { pad } else { 0 }
    }

    /// Makes row `index` of the part that shows, with padding at both sides.
    @unsafe
    private func makeRow(_ index: Int, of picture: Picture, into row: UnsafeMutablePointer<UInt8>) {
        let start = 3 * picture.columns.targetStart
        let end = start + 3 * picture.columns.count
        unsafe resample(index, of: picture, into: row + start)
        // The kernels may have overwritten what follows the window, so the padding comes after them.
        unsafe row.update(repeating: padding, count: start)
        unsafe (row + end).update(repeating: padding, count: 3 * preprocessing.size.width - end)
    }

    /// Makes row `index` of the part that shows from the rows between the passes.
    @unsafe
    private func resample(_ index: Int, of picture: Picture, into out: UnsafeMutablePointer<UInt8>) {
        let stride = picture.intermediateStride
        let first = Int32(picture.neededRows.lowerBound)
        let samples = Int32(3 * picture.columns.count)
        // The same size as `take` asked for, so that the rows it kept are there.
        let rows = unsafe intermediate.reserve(picture.neededRows.count * stride)
        let bytes = unsafe rows.assumingMemoryBound(to: UInt8.self)
        let index = Int32(index)
        if picture.columnsFirst {
            let width = Int32(3 * picture.size.width)
            let whole = unsafe columnsRow.reserve(stride).assumingMemoryBound(to: UInt8.self)
            unsafe penstock_resample_columns(
                kernels,
                picture.vertical.axis,
                index,
                bytes,
                stride,
                first,
                width,
                whole
            )
            unsafe penstock_resample_rows(kernels, picture.horizontal.axis, whole, stride, 1, out, stride)
        } else if picture.isMixed {
            let mixed = unsafe rows.assumingMemoryBound(to: UInt16.self)
            unsafe kernels.pointee.mix_columns(
                picture.vertical.axis,
                index,
                mixed,
                stride,
                first,
                samples,
                out
            )
        } else {
            unsafe penstock_resample_columns(
                kernels,
                picture.vertical.axis,
                index,
                bytes,
                stride,
                first,
                samples,
                out
            )
        }
    }
}
