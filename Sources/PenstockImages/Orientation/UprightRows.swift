internal import CPenstockKernels
package import PenstockCore

/// Takes rows as a decoder makes them, turns them upright, and hands them on a block at a time.
///
/// Rows that only need mirroring stream through a small block that stays in the processor's cache. A quarter turn
/// needs every stored row before the first upright one, so it collects the picture in a buffer kept between pictures.
package final class UprightRows {
    private let block = GrowableBuffer()
    private let turned = GrowableBuffer()

    package init() {}

    /// The bytes of a block that are worth having: small enough for the first-level cache beside the sink's own rows.
    private static let blockBytes = 24 << 10
    /// The most rows in a block; decoders work in groups of 8 or 16.
    private static let blockRows = 16

    /// Writes stored rows `first..<first + count` in the layout that was announced, a given number of bytes apart, which
    /// may be negative.
    package typealias Source = (
        _ destination: UnsafeMutablePointer<UInt8>, _ stride: Int, _ first: Int, _ count: Int
    ) throws(PenstockError) -> Void

    /// Streams a picture stored at `size` into the sink as `layout`, taking the rows from `source` in their stored order.
    package func deliver(
        _ size: ImageSize,
        _ orientation: Orientation,
        as layout: PixelLayout = .rgb,
        to sink: any RowSink,
        from source: Source
    ) throws(PenstockError) {
        try sink.begin(orientation.upright(size), layout)
        if orientation.swapsAxes {
            try unsafe deliverTurned(size, orientation, layout.channels, to: sink, from: source)
            turned.trim()
        } else {
            try unsafe deliverStraight(size, orientation, layout.channels, to: sink, from: source)
        }
    }
}

extension UprightRows {
    private static func rowsInBlock(stride: Int, height: Int) -> Int {
        min(height, max(2, min(blockRows, blockBytes / stride)))
    }

    private func deliverStraight(
        _ size: ImageSize,
        _ orientation: Orientation,
        _ channels: Int,
        to sink: any RowSink,
        from source: Source
    ) throws(PenstockError) {
        let stride = size.width * channels
        let rows = Self.rowsInBlock(stride: stride, height: size.height)
        let base = try unsafe block.reserve(stride * rows).assumingMemoryBound(to: UInt8.self)
        var first = 0
        while first < size.height {
            let count = min(rows, size.height - first)
            // `base` has room for `rows` rows of `stride` bytes, and `count` is at most that.
            if orientation.reversesRows {
                try unsafe source(base + (count - 1) * stride, -stride, first, count)
            } else {
                try unsafe source(base, stride, first, count)
            }
            if orientation.mirrorsRows {
                for row in 0..<count { unsafe penstock_row_mirror(base + row * stride, size.width, channels) }
            }
            let upright = orientation.reversesRows ? size.height - first - count : first
            let bytes = unsafe UnsafeRawBufferPointer(start: base, count: count * stride)
            unsafe sink.take(bytes, stride: stride, first: upright, count: count)
            first += count
        }
    }

    private func deliverTurned(
        _ size: ImageSize,
        _ orientation: Orientation,
        _ channels: Int,
        to sink: any RowSink,
        from source: Source
    ) throws(PenstockError) {
        let stride = size.width * channels
        let uprightStride = size.height * channels
        let rows = Self.rowsInBlock(stride: stride, height: size.height)
        let base = try unsafe block.reserve(stride * rows).assumingMemoryBound(to: UInt8.self)
        let whole = try unsafe turned.reserve(stride * size.height).assumingMemoryBound(to: UInt8.self)
        // Both steps stay inside the width × height pixels of `whole`: the far end, when counting from it.
        let columnStep = orientation.reversesColumns ? -uprightStride : uprightStride
        let rowStep = orientation.reversesRowsAcross ? -channels : channels
        let corner = unsafe whole + (orientation.reversesColumns ? (size.width - 1) * uprightStride : 0)
        let side = orientation.reversesRowsAcross ? (size.height - 1) * channels : 0
        var first = 0
        while first < size.height {
            let count = min(rows, size.height - first)
            try unsafe source(base, stride, first, count)
            let target = unsafe corner + side + first * rowStep
            unsafe penstock_block_transpose(target, columnStep, rowStep, base, stride, size.width, count, channels)
            first += count
        }
        unsafe handOver(whole, size.transposed, channels, to: sink)
    }

    /// Hands a whole upright picture on in blocks.
    private func handOver(
        _ whole: UnsafeMutablePointer<UInt8>,
        _ size: ImageSize,
        _ channels: Int,
        to sink: any RowSink
    ) {
        let stride = size.width * channels
        let rows = Self.rowsInBlock(stride: stride, height: size.height)
        for first in Swift.stride(from: 0, to: size.height, by: rows) {
            let count = min(rows, size.height - first)
            // `whole` holds every row of `size`, and the block ends at or before the last.
            let bytes = unsafe UnsafeRawBufferPointer(start: whole + first * stride, count: count * stride)
            unsafe sink.take(bytes, stride: stride, first: first, count: count)
        }
    }
}
