internal import CFFmpeg
internal import PenstockCore

/// Turns interlaced frames into whole ones by FFmpeg's `yadif`, one for one; progressive frames pass as they are.
///
/// The filter looks at the neighbours on both sides, so each frame comes out when the next goes in. What is `Known` of a
/// frame (its moment, its damage) travels beside it. One thread uses it.
@safe final class Deinterlacer<Known> {
    /// What is done with a frame that comes out; it is emptied afterwards.
    typealias Taker = (UnsafeMutablePointer<AVFrame>, Known) throws(PenstockError) -> Void

    /// Frames are numbered by their times on the way through.
    private let filter = FrameFilter(timeBase: AVRational(num: 1, den: 1)) { _ in "yadif=deint=interlaced" }
    private var waiting: [Known] = []
    private var next: Int64 = 0

    init() {}

    /// Puts a frame in, leaving the caller an empty one, and hands on what comes out.
    func add(_ frame: UnsafeMutablePointer<AVFrame>, _ known: Known, _ take: Taker) throws(PenstockError) {
        // The frame is the caller's to give away. Below three rows there is nothing to weave, and the filter refuses.
        guard unsafe frame.pointee.width >= 3, unsafe frame.pointee.height >= 3 else {
            try unsafe finish(take)
            return try unsafe take(frame, known)
        }
        waiting.append(known)
        unsafe frame.pointee.pts = next
        next += 1
        try unsafe filter.add(frame) { (frame) throws(PenstockError) in try unsafe hand(frame, to: take) }
    }

    /// Hands on the frame that waits for its neighbour. The next one starts afresh.
    func finish(_ take: Taker) throws(PenstockError) {
        try unsafe filter.finish { (frame) throws(PenstockError) in try unsafe hand(frame, to: take) }
        waiting.removeAll(keepingCapacity: true)
    }

    /// Forgets the frame that waits for its neighbour, as after a jump to another place.
    func reset() {
        filter.reset()
        waiting.removeAll(keepingCapacity: true)
    }

    private func hand(_ frame: UnsafeMutablePointer<AVFrame>, to take: Taker) throws(PenstockError) {
        guard !waiting.isEmpty else { return }
        try unsafe take(frame, waiting.removeFirst())
    }
}
