import CPenstockKernels

extension PictureResizer {
    /// How many rows are worked on at once: as many as the row pass takes of one channel.
    static let rowsAtOnce = 12

    /// Takes `count` consecutive rows that start `stride` bytes apart; every row once, in any order of blocks.
    package func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {
        guard var picture else { preconditionFailure("rows follow the call of begin that announces them") }
        let rowBytes = picture.sourceRowBytes
        precondition(first >= 0 && count > 0 && first + count <= picture.size.height, "rows lie inside the picture")
        precondition(stride >= rowBytes && pixels.count >= (count - 1) * stride + rowBytes, "rows lie in their buffer")
        picture.rowsTaken += count
        self.picture = picture
        let needed = (first..<first + count).clamped(to: picture.neededRows)
        guard !needed.isEmpty else { return }
        // The needed rows are among those given, which lie in the buffer as was just checked.
        let source = unsafe (pixels.baseAddress! + (needed.lowerBound - first) * stride)
            .assumingMemoryBound(to: UInt8.self)
        if picture.premultiplies {
            unsafe multiply(source, stride: stride, rows: needed, of: picture)
        } else {
            unsafe keep(source, stride: stride, rows: needed, of: picture)
        }
    }

    /// Multiplies colours by their opacity and keeps the rows.
    @unsafe
    private func multiply(_ source: UnsafePointer<UInt8>, stride: Int, rows: Range<Int>, of picture: Picture) {
        let outStride = picture.keptRowStride
        let out = unsafe multiplied.reserve(Self.rowsAtOnce * outStride).assumingMemoryBound(to: UInt8.self)
        for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsAtOnce) {
            let block = first..<min(first + Self.rowsAtOnce, rows.upperBound)
            for row in block {
                let start = unsafe source + (row - rows.lowerBound) * stride
                // `out` has room for `rowsAtOnce` rows.
                unsafe penstock_row_premultiply(out + (row - first) * outStride, start, picture.size.width)
            }
            unsafe keep(out, stride: outStride, rows: block, of: picture)
        }
    }

    /// Runs the first pass on some rows, or keeps them as they are where the first pass needs them all.
    @unsafe
    private func keep(_ source: UnsafePointer<UInt8>, stride: Int, rows: Range<Int>, of picture: Picture) {
        let outStride = picture.intermediateStride
        // As large for every call of one picture, so that what earlier calls kept stays.
        let memory = unsafe intermediate.reserve(picture.neededRows.count * outStride)
        let out = unsafe memory + (rows.lowerBound - picture.neededRows.lowerBound) * outStride
        guard picture.columnsFirst else {
            unsafe rowPass.run(source, stride: stride, count: rows.count, of: picture, into: out)
            return
        }
        for row in 0..<rows.count {
            // Each row of `out` has room for a source row and for slack.
            unsafe (out + row * outStride).copyMemory(from: source + row * stride, byteCount: picture.sourceRowBytes)
        }
    }
}
