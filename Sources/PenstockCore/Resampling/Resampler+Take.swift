import CPenstockKernels

extension Resampler {
    package func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        guard var picture else { preconditionFailure("rows follow the call of begin that announces them") }
        let rowBytes = 3 * picture.size.width
        precondition(first >= 0 && count > 0 && first + count <= picture.size.height, "rows lie inside the picture")
        precondition(stride >= rowBytes && pixels.count >= (count - 1) * stride + rowBytes, "rows lie in their buffer")
        picture.rowsTaken += count
        self.picture = picture
        let needed = (first..<first + count).clamped(to: picture.neededRows)
        guard !needed.isEmpty else { return }
        // The needed rows are among those given, which lie in the buffer as was just checked.
        let source = unsafe pixels.baseAddress! + (needed.lowerBound - first) * stride
        unsafe keep(source, stride: stride, rows: needed, of: picture)
    }

    /// Runs the first pass on some rows, or keeps them as they are where the first pass needs them all.
    @unsafe
    private func keep(_ source: UnsafeRawPointer, stride: Int, rows: Range<Int>, of picture: Picture) {
        let outStride = picture.intermediateStride
        // As large for every call of one picture, so that what earlier calls kept stays.
        let memory = unsafe intermediate.reserve(picture.neededRows.count * outStride)
        let out = unsafe memory + (rows.lowerBound - picture.neededRows.lowerBound) * outStride
        let bytes = unsafe source.assumingMemoryBound(to: UInt8.self)
        let count = Int32(rows.count)
        // Each row of `out` has room for the pass's samples and for slack.
        if picture.columnsFirst {
            for row in 0..<rows.count {
                unsafe (out + row * outStride).copyMemory(
                    from: source + row * stride,
                    byteCount: 3 * picture.size.width
                )
            }
        } else if picture.isMixed {
            let samples = unsafe out.assumingMemoryBound(to: UInt16.self)
            unsafe kernels.pointee.mix_rows(picture.horizontal.axis, bytes, stride, count, samples, outStride)
        } else {
            let samples = unsafe out.assumingMemoryBound(to: UInt8.self)
            unsafe penstock_resample_rows(
                kernels,
                picture.horizontal.axis,
                bytes,
                stride,
                count,
                samples,
                outStride
            )
        }
    }
}
