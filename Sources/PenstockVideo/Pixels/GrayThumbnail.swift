internal import CFFmpeg
internal import CPenstockKernels
internal import PenstockCore

/// A small grey picture of a frame, by which a still scene is told from one that moves.
///
/// Each of at most 32 × 32 cells is the mean of all of its pixels' luma (green, where the frame is RGB): noise averages
/// out, and a change of a few pixels in a cell shows in proportion.
package struct GrayThumbnail: Sendable {
    private static let side = 32
    /// The frame's size, as stored.
    private let size: ImageSize
    /// The cells' means, in 1/64 of a level; none where the frame could not be read.
    private let cells: [UInt16]

    /// Makes the picture of a frame.
    package init(_ frame: VideoFrame) {
        size = frame.storedSize
        // The frame holds its pixels for the length of this call.
        if let samples = unsafe penstock_samples(luminance: frame.pointer.pointee) {
            cells = unsafe Self.means(samples)
        } else {
            cells = Self.means(ofConverted: frame)
        }
    }

    /// By how many grey levels, 0 to 255, the cell that differs most differs from the other picture's.
    ///
    /// Frames of different sizes, and those that cannot be read, differ by 255.
    package func largestChange(from other: GrayThumbnail) -> Double {
        guard size == other.size, !cells.isEmpty, cells.count == other.cells.count else { return 255 }
        var largest = 0
        for (one, another) in zip(cells, other.cells) { largest = max(largest, abs(Int(one) - Int(another))) }
        return min(255, Double(largest) / 64)
    }
}

extension GrayThumbnail {
    private static func means(_ samples: penstock_samples) -> [UInt16] {
        let (columns, rows) = unsafe (min(side, samples.width), min(side, samples.height))
        guard columns > 0, rows > 0 else { return [] }
        return unsafe [UInt16](unsafeUninitializedCapacity: columns * rows) { cells, count in
            var samples = unsafe samples
            // Every cell is written, and none has fewer than one sample.
            unsafe penstock_block_means(&samples, columns, rows, cells.baseAddress)
            count = columns * rows
        }
    }

    /// The means of the green of a frame whose samples do not lie in memory one by one.
    private static func means(ofConverted frame: VideoFrame) -> [UInt16] {
        let canvas = PixelCanvas()
        do { try WholeFrames().deliver(frame, to: canvas) } catch { return [] }
        let pixels = canvas.pixels
        let size = pixels.size
        return unsafe pixels.bytes.withUnsafeBufferPointer { bytes in
            // The picture has three bytes for each pixel of its size.
            guard let start = bytes.baseAddress else { return [] }
            return unsafe means(
                penstock_samples(
                    start: start + 1,
                    stride: 3 * size.width,
                    step: 3,
                    shift: 0,
                    width: size.width,
                    height: size.height
                )
            )
        }
    }
}

extension penstock_samples {
    /// The samples of a frame's luma or green; nil where they are not bytes or little-endian words in planes of memory.
    fileprivate init?(luminance frame: AVFrame) {
        // Descriptors are constants of the library.
        let format = unsafe AVPixelFormat(rawValue: frame.format)
        guard let layout = unsafe av_pix_fmt_desc_get(format)?.pointee else { return nil }
        let refused = [
            AV_PIX_FMT_FLAG_PAL, AV_PIX_FMT_FLAG_BE, AV_PIX_FMT_FLAG_FLOAT, AV_PIX_FMT_FLAG_BITSTREAM,
            AV_PIX_FMT_FLAG_HWACCEL,
        ].reduce(UInt64(0)) { $0 | UInt64($1) }
        let isRGB = unsafe layout.flags & UInt64(AV_PIX_FMT_FLAG_RGB) != 0
        let part = unsafe isRGB ? layout.comp.1 : layout.comp.0
        let bits = part.depth + part.shift
        let start = unsafe part.plane == 0 ? frame.data.0 : part.plane == 1 ? frame.data.1 : nil
        let stride = unsafe part.plane == 0 ? frame.linesize.0 : frame.linesize.1
        // Deep samples are read as whole words: those that share one with others are converted first.
        guard unsafe layout.flags & refused == 0, part.depth >= 8, bits <= 16, let start = unsafe start,
            bits == 8 || bits == 16 || part.step == 2
        else { return nil }
        unsafe self.init(
            start: start + Int(part.offset),
            stride: Int(stride),
            step: Int(part.step),
            shift: bits - 8,
            width: Int(frame.width),
            height: Int(frame.height)
        )
    }
}
