import CPenstockKernels

/// The horizontal pass for pictures of any layout.
///
/// The kernels know rows of three interleaved channels. Rows of one channel go through them three at a time, as if they
/// were red, green and blue; the channels of RGBA likewise, three rows at a time.
@safe
final class RowPass {
    private let kernels: UnsafePointer<penstock_kernels>
    /// Rows of single channels, as they came.
    private let lanes = ScratchMemory()
    /// The same, three together.
    private let packed = ScratchMemory()
    /// What the pass makes of them.
    private let made = ScratchMemory()
    /// A place for lanes that stand for no row.
    private let surplus = ScratchMemory()

    /// The triples that the kernels work on at once.
    private static let triples = 4
    private static let lanesInTriple = 3

    init(_ kernels: UnsafePointer<penstock_kernels>) {
        unsafe self.kernels = unsafe kernels
    }

    /// Runs the pass on `count` rows of interleaved samples `stride` bytes apart.
    ///
    /// `out` has room for as many rows of the picture's lines.
    @unsafe
    func run(
        _ rows: UnsafePointer<UInt8>,
        stride: Int,
        count: Int,
        of picture: PictureResizer.Picture,
        into out: UnsafeMutableRawPointer
    ) {
        if picture.layout == .rgb {
            let outStride = picture.line.byteCount
            unsafe resample(rows, stride: stride, count: count, of: picture, into: out, outStride)
            return
        }
        let rowsAtOnce = picture.layout == .gray ? Self.triples * Self.lanesInTriple : Self.lanesInTriple
        for first in Swift.stride(from: 0, to: count, by: rowsAtOnce) {
            let number = min(rowsAtOnce, count - first)
            // Both steps stay inside the rows given, as `first` is one of them.
            let start = unsafe rows + first * stride
            let target = unsafe out + first * picture.line.byteCount
            unsafe fillLanes(start, stride: stride, count: number, of: picture)
            unsafe runLanes(rows: number, of: picture, into: target)
        }
    }

    /// Frees memory that is more than `byteCount` bytes.
    func trim(to byteCount: Int) {
        lanes.trim(to: byteCount)
        packed.trim(to: byteCount)
        made.trim(to: byteCount)
        surplus.trim(to: byteCount)
    }
}

extension RowPass {
    /// Runs the kernels on rows of triples.
    @unsafe
    private func resample(
        _ rows: UnsafePointer<UInt8>,
        stride: Int,
        count: Int,
        of picture: PictureResizer.Picture,
        into out: UnsafeMutableRawPointer,
        _ outStride: Int
    ) {
        let axis = unsafe picture.horizontal.axis
        let count = Int32(count)
        // The caller gives room for `count` rows `outStride` bytes apart, slack included.
        if picture.line.isMixed {
            let samples = unsafe out.assumingMemoryBound(to: UInt16.self)
            unsafe kernels.pointee.mix_rows(axis, rows, stride, count, samples, outStride)
        } else {
            let samples = unsafe out.assumingMemoryBound(to: UInt8.self)
            unsafe penstock_resample_rows(kernels, axis, rows, stride, count, samples, outStride)
        }
    }

    private func laneStride(_ picture: PictureResizer.Picture) -> Int { Resampler.roundedUp(picture.size.width) }

    /// The lanes of a picture, which keep what they hold between calls for one picture.
    @unsafe
    private func lanes(of picture: PictureResizer.Picture) -> UnsafeMutablePointer<UInt8> {
        let byteCount = Self.triples * Self.lanesInTriple * laneStride(picture)
        return unsafe lanes.reserve(byteCount).assumingMemoryBound(to: UInt8.self)
    }

    /// Brings rows into lanes: grey rows one after another, RGBA with the three rows of each channel together.
    @unsafe
    private func fillLanes(
        _ rows: UnsafePointer<UInt8>,
        stride: Int,
        count: Int,
        of picture: PictureResizer.Picture
    ) {
        let laneStride = laneStride(picture)
        let lanes = unsafe lanes(of: picture)
        let width = picture.size.width
        for row in 0..<count {
            // There are as many lanes as `count` rows have channels, and each has room for the width.
            let (source, lane) = unsafe (rows + row * stride, lanes + row * laneStride)
            if picture.layout == .gray {
                unsafe lane.update(from: source, count: width)
            } else {
                unsafe penstock_split_rgba(source, width, lane, Self.lanesInTriple * laneStride)
            }
        }
    }

    /// Runs the pass on the lanes and writes what they become as lines.
    @unsafe
    private func runLanes(rows: Int, of picture: PictureResizer.Picture, into out: UnsafeMutableRawPointer) {
        let laneStride = laneStride(picture)
        let triples = picture.layout == .gray ? (rows + 2) / Self.lanesInTriple : Self.triples
        let lanes = unsafe lanes(of: picture)
        let packedStride = Self.lanesInTriple * laneStride
        let packed = unsafe packed.reserve(Self.triples * packedStride).assumingMemoryBound(to: UInt8.self)
        for triple in 0..<triples {
            // The lanes of a triple follow each other, with slack; the packed rows have three times as much.
            let lane = unsafe lanes + triple * packedStride
            unsafe kernels.pointee.join_planes(
                lane,
                lane + laneStride,
                lane + 2 * laneStride,
                Int32(picture.size.width),
                0,
                1,
                packed + triple * packedStride
            )
        }
        let madeStride =
            Resampler.roundedUp(Self.lanesInTriple * picture.columns.count) * (picture.line.isMixed ? 2 : 1)
        let made = unsafe made.reserve(Self.triples * madeStride)
        unsafe resample(packed, stride: packedStride, count: triples, of: picture, into: made, madeStride)
        for triple in 0..<triples {
            let isGray = picture.layout == .gray
            let row = isGray ? Self.lanesInTriple * triple : 0
            let plane = isGray ? 0 : triple * picture.line.planeStride * (picture.line.isMixed ? 2 : 1)
            // The row is one of those that `out` has room for, and the plane one of its planes.
            let target = unsafe out + row * picture.line.byteCount + plane
            unsafe split(made + triple * madeStride, rows: min(Self.lanesInTriple, rows - row), of: picture, to: target)
        }
    }

    /// Takes a triple apart, into the same plane of up to three lines.
    @unsafe
    private func split(
        _ triple: UnsafeRawPointer,
        rows: Int,
        of picture: PictureResizer.Picture,
        to out: UnsafeMutableRawPointer
    ) {
        let line = picture.line
        guard rows == Self.lanesInTriple else {
            // The lines behind belong to other rows, so the triple is taken apart beside them first.
            let beside = unsafe surplus.reserve(Self.lanesInTriple * line.byteCount)
            unsafe split(triple, rows: Self.lanesInTriple, of: picture, to: beside)
            let planeBytes = line.samples * (line.isMixed ? 2 : 1)
            for row in 0..<rows {
                let start = row * line.byteCount
                unsafe (out + start).copyMemory(from: beside + start, byteCount: planeBytes)
            }
            return
        }
        // Each line has room for the pixels in each of its planes.
        if line.isMixed {
            let samples = unsafe triple.assumingMemoryBound(to: UInt16.self)
            let target = unsafe out.assumingMemoryBound(to: UInt16.self)
            unsafe penstock_split_words(samples, picture.columns.count, target, line.byteCount / 2)
        } else {
            let samples = unsafe triple.assumingMemoryBound(to: UInt8.self)
            let target = unsafe out.assumingMemoryBound(to: UInt8.self)
            unsafe kernels.pointee.store_planar(samples, Int32(picture.columns.count), 0, target, line.byteCount)
        }
    }
}
