import CPenstockKernels

extension PictureResizer {
    /// Runs the passes that are left and writes the part of the picture that shows to its place on a canvas; what
    /// surrounds it there stays.
    ///
    /// - Precondition: Every row was taken, and the canvas has the announced size and the picture's layout.
    package func finish(into canvas: inout PixelBuffer) {
        guard let picture else { preconditionFailure("a picture is begun before it is finished") }
        precondition(picture.rowsTaken == picture.size.height, "a decoder delivers every row once")
        precondition(canvas.size == picture.canvas && canvas.layout == picture.layout, "the canvas is as announced")
        self.picture = nil
        let rowBytes = canvas.rowBytes
        let start = picture.rows.targetStart * rowBytes + picture.columns.targetStart * picture.layout.channels
        unsafe canvas.withUnsafeMutableBytes { bytes in
            // The window lies on the canvas, so that each of its rows starts and ends there.
            let out = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + start
            for first in stride(from: 0, to: picture.rows.count, by: Self.rowsAtOnce) {
                let block = first..<min(first + Self.rowsAtOnce, picture.rows.count)
                let lines = unsafe makeLines(block, of: picture)
                for row in block {
                    let line = unsafe lines + (row - first) * picture.line.byteCount
                    unsafe put(line, of: picture, to: out + row * rowBytes)
                }
            }
        }
    }

    /// Makes some rows of the part that shows.
    @unsafe
    private func makeLines(_ rows: Range<Int>, of picture: Picture) -> UnsafeMutablePointer<UInt8> {
        let lineBytes = picture.line.byteCount
        let lines = unsafe lines.reserve(Self.rowsAtOnce * lineBytes).assumingMemoryBound(to: UInt8.self)
        guard picture.columnsFirst else {
            for row in rows {
                // There is room for as many rows as are asked for at once.
                unsafe makeRow(
                    row,
                    of: picture,
                    samples: picture.line.span,
                    into: lines + (row - rows.lowerBound) * lineBytes
                )
            }
            return unsafe lines
        }
        let wideStride = picture.keptRowStride
        let wide = unsafe wideRows.reserve(Self.rowsAtOnce * wideStride).assumingMemoryBound(to: UInt8.self)
        for row in rows {
            // As above; each row has room for a source row and for slack.
            let out = unsafe wide + (row - rows.lowerBound) * wideStride
            unsafe makeRow(row, of: picture, samples: picture.sourceRowBytes, into: out)
        }
        unsafe rowPass.run(wide, stride: wideStride, count: rows.count, of: picture, into: lines)
        return unsafe lines
    }

    /// Runs the vertical pass for row `index` of the part that shows.
    @unsafe
    private func makeRow(_ index: Int, of picture: Picture, samples: Int, into out: UnsafeMutablePointer<UInt8>) {
        let stride = picture.intermediateStride
        let first = Int32(picture.neededRows.lowerBound)
        let (index, samples) = (Int32(index), Int32(samples))
        // The same size as `take` asked for, so that the rows it kept are there.
        let rows = unsafe intermediate.reserve(picture.neededRows.count * stride)
        let axis = unsafe picture.vertical.axis
        if picture.line.isMixed {
            let mixed = unsafe rows.assumingMemoryBound(to: UInt16.self)
            unsafe kernels.pointee.mix_columns(axis, index, mixed, stride, first, samples, out)
        } else {
            let bytes = unsafe rows.assumingMemoryBound(to: UInt8.self)
            unsafe penstock_resample_columns(kernels, axis, index, bytes, stride, first, samples, out)
        }
    }

    /// Writes a finished row as the layout asks.
    @unsafe
    private func put(_ line: UnsafePointer<UInt8>, of picture: Picture, to out: UnsafeMutablePointer<UInt8>) {
        guard picture.layout == .rgba else {
            // Grey and RGB lie as they will be.
            unsafe out.update(from: line, count: picture.line.samples)
            return
        }
        // The line has four planes, and `out` room for the window's pixels.
        unsafe penstock_join_rgba(line, picture.line.planeStride, picture.columns.count, out)
        if picture.premultiplies { unsafe penstock_row_unpremultiply(out, picture.columns.count) }
    }
}
