internal import CFFmpeg
package import PenstockCore

extension VideoFrame {
    /// Makes a frame that holds a copy of an upright picture; sleeps until `pool` may lend one.
    ///
    /// - Throws: Where the picture has no pixels, memory is short, or the pool is closed.
    package convenience init(
        _ pixels: PixelBuffer,
        moment: FrameMoment,
        isDamaged: Bool = false,
        from pool: FramePool
    ) throws(PenstockError) {
        guard let lent = unsafe pool.take() else { throw .framesStopped }
        do throws(PenstockError) {
            // The frame is empty, and nobody else's.
            try unsafe pool.memory.copy(pixels, to: lent)
        } catch {
            unsafe pool.giveBack(lent)
            throw error
        }
        // Filters hand the flag on.
        if isDamaged { unsafe lent.pointee.flags |= AV_FRAME_FLAG_CORRUPT }
        unsafe self.init(adopting: lent, from: pool, moment: moment, isDamaged: isDamaged)
    }
}

extension PenstockError {
    /// Nobody wants frames any more.
    static let framesStopped = Self(.cancelled, at: .preprocess, "The frame was given up because the job was stopped.")
}
