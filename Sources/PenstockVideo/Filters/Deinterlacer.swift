internal import CFFmpeg
internal import PenstockCore

/// Turns interlaced frames into whole ones by FFmpeg's `yadif`, one for one; progressive frames pass as they are.
///
/// The filter looks at the neighbours on both sides, so each frame comes out when the next has gone in. All that is known
/// of a frame travels with it. One thread uses it.
@safe final class Deinterlacer {
    /// The oldest first; each but the last gives out what it has held back, and is then let go.
    private var graphs: [FilterGraph] = []
    private var shape: PictureShape?
    /// The times of the frames on their way, which the filter would double.
    private var times: [Int64] = []

    private let chain: String

    /// Makes sure that there are filters.
    ///
    /// - Parameter hasNeighbors: Whether frames come as they follow one another. Where frames between them are missing,
    ///   as with keyframes alone, each is mended from its own rows (`estdif`): others would leave ghosts in it.
    init(hasNeighbors: Bool = true) throws(PenstockError) {
        chain = hasNeighbors ? "yadif=deint=interlaced" : "estdif=mode=frame:deint=interlaced"
        _ = try FilterLibrary.load()
    }

    /// Puts a frame in, and leaves the caller an empty one.
    func add(_ frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) {
        let shape = unsafe PictureShape(frame)
        if shape != self.shape { try begin(shape) }
        // The frame is the caller's to give away, and empty once it is.
        let time = unsafe frame.pointee.pts
        try unsafe graphs[graphs.count - 1].feed(frame)
        times.append(time)
    }

    /// Moves the next frame into an empty one; `false` where another has to go in first.
    func take(into frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) -> Bool {
        while let graph = graphs.first {
            // The frame is the caller's, and is filled with references of its own.
            if try unsafe graph.take(into: frame) {
                unsafe frame.pointee.pts = times.isEmpty ? penstock_av_no_time : times.removeFirst()
                return true
            }
            guard graphs.count > 1 || shape == nil else { return false }
            graphs.removeFirst()
        }
        return false
    }

    /// Says that no frame follows, so that the last one comes out; the next one in starts afresh.
    func close() throws(PenstockError) {
        guard shape != nil else { return }
        shape = nil
        try graphs.last?.close()
    }

    /// Forgets the frames on their way, as before a jump to another place.
    func reset() {
        shape = nil
        graphs = []
        times = []
    }

    private func begin(_ shape: PictureShape) throws(PenstockError) {
        try close()
        // Below three rows there is nothing to weave, and the filter refuses.
        let isTiny = shape.width < 3 || shape.height < 3
        let input = FilterInput(shape, timeBase: AVRational(num: 1, den: 1))
        graphs.append(try FilterGraph(isTiny ? "null" : chain, for: input))
        self.shape = shape
    }
}
