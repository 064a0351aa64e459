import PenstockCore

/// Pixels into the chunks that hold them.
extension PNGEncoder {
    /// Adds the pixels, filtered and searched as a whole.
    func appendWhole(
        _ bytes: UnsafeRawBufferPointer,
        of pixels: PixelBuffer,
        level: Int,
        to file: EncodedBytes
    ) throws(PenstockError) {
        let height = pixels.size.height
        let count = (pixels.rowBytes + 1) * height
        let memory = try unsafe filtered.reserve(count)
        // There is room for the rows, with the filter's number before each.
        unsafe filter.filter(0..<height, of: bytes, rowBytes: pixels.rowBytes, layout: pixels.layout, into: memory)
        let rows = unsafe UnsafeRawBufferPointer(start: memory, count: count)
        let chunk = try WrittenPNGChunk("IDAT", in: file)
        try unsafe append(rows, inStepsOf: Self.rowsAtOnce(pixels) * (pixels.rowBytes + 1), to: file)
        try unsafe replaceContent(of: chunk, with: rows, level: level, in: file)
        try chunk.end(in: file)
    }

    /// Compresses filtered rows in the same steps as at level 1, so that the same bytes come of it.
    private func append(
        _ rows: UnsafeRawBufferPointer,
        inStepsOf step: Int,
        to file: EncodedBytes
    ) throws(PenstockError) {
        try deflater.begin(into: file)
        for first in stride(from: 0, to: rows.count, by: step) {
            // The part lies in the rows, which are readable for the length of the call.
            let part = unsafe UnsafeRawBufferPointer(rebasing: rows[first..<min(first + step, rows.count)])
            try unsafe deflater.add(part, isLast: first + step >= rows.count, isStored: false, into: file)
        }
    }

    private static func rowsAtOnce(_ pixels: PixelBuffer) -> Int {
        max(1, bytesAtOnce / (pixels.rowBytes + 1))
    }

    /// Compresses the rows again by a search, and keeps the smaller: the noise of photos gains nothing by repetition.
    private func replaceContent(
        of chunk: WrittenPNGChunk,
        with rows: UnsafeRawBufferPointer,
        level: Int,
        in file: EncodedBytes
    ) throws(PenstockError) {
        let count = chunk.count(in: file)
        // The rows are readable for the length of the call, and what was made of them lies in `searched`.
        if let smaller = try unsafe compressors.level(level).compress(rows, to: count - 1, in: searched) {
            file.removeLast(count)
            try unsafe file.append(smaller)
        }
        searched.trim()
    }

    /// Adds the pixels, filtered and compressed some rows at a time, or stored.
    func appendInSteps(
        _ bytes: UnsafeRawBufferPointer,
        of pixels: PixelBuffer,
        isStored: Bool,
        to file: EncodedBytes
    ) throws(PenstockError) {
        let height = pixels.size.height
        let rowsAtOnce = Self.rowsAtOnce(pixels)
        var chunk = try WrittenPNGChunk("IDAT", in: file)
        try deflater.begin(into: file)
        for first in stride(from: 0, to: height, by: rowsAtOnce) {
            if chunk.count(in: file) > Self.chunkBytes {
                try chunk.end(in: file)
                chunk = try WrittenPNGChunk("IDAT", in: file)
            }
            let rows = first..<min(first + rowsAtOnce, height)
            let step = try unsafe filter(rows, of: pixels, bytes, isStored: isStored)
            try unsafe deflater.add(step, isLast: rows.upperBound == height, isStored: isStored, into: file)
        }
        try chunk.end(in: file)
    }

    /// The rows with their filters' numbers, until the next call.
    @unsafe
    private func filter(
        _ rows: Range<Int>,
        of pixels: PixelBuffer,
        _ bytes: UnsafeRawBufferPointer,
        isStored: Bool
    ) throws(PenstockError) -> UnsafeRawBufferPointer {
        let rowBytes = pixels.rowBytes
        let count = (rowBytes + 1) * rows.count
        let memory = try unsafe filtered.reserve(count)
        if isStored {
            // There is nothing to gain by filters: each row comes behind the number of none.
            for (place, row) in rows.enumerated() {
                let start = unsafe memory + place * (rowBytes + 1)
                let source = unsafe bytes[row * rowBytes..<(row + 1) * rowBytes]
                unsafe start.storeBytes(of: 0, as: UInt8.self)
                unsafe UnsafeMutableRawBufferPointer(start: start + 1, count: rowBytes).copyBytes(from: source)
            }
        } else {
            unsafe filter.filter(rows, of: bytes, rowBytes: rowBytes, layout: pixels.layout, into: memory)
        }
        return unsafe UnsafeRawBufferPointer(start: memory, count: count)
    }
}
