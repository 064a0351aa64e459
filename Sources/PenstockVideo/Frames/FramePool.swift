internal import CFFmpeg
internal import PenstockCore
internal import PenstockFlow

/// Lends out frames, at most so many at a time, and takes them back when the last user lets go.
///
/// The pixels belong to the decoder's own pool of buffers: what is pooled here is the bound on how many are kept from
/// going back to it, and that is what bounds a job's memory.
@safe package final class FramePool: Sendable {
    private struct State: Sendable {
        var lent = 0
        var isClosed = false
        var timeWaiting = Duration.zero
    }

    private let state = Monitor(State())
    /// What frames hold that are made of pixels.
    let memory = FrameMemory()
    /// The most frames that may be out at a time.
    package let limit: Int

    /// Makes a pool.
    package init(limit: Int) {
        precondition(limit > 0, "a pool lends at least one frame")
        self.limit = limit
    }
}

extension FramePool {
    /// Borrows an empty frame; sleeps until one may be lent. `nil` once the pool is closed.
    func take() -> UnsafeMutablePointer<AVFrame>? {
        var waitedFrom: MonotonicTime?
        let isGranted = state.wait(.source) { state -> Waiting<Bool> in
            if state.isClosed { return .ready(false) }
            guard state.lent < limit else {
                waitedFrom = waitedFrom ?? .now
                return .until(nil)
            }
            if let waitedFrom { state.timeWaiting += .now - waitedFrom }
            state.lent += 1
            return .ready(true)
        }
        guard isGranted else { return nil }
        guard let frame = unsafe av_frame_alloc() else { fatalError("there is no memory for a frame") }
        return unsafe frame
    }

    /// Takes a frame back, on any thread, with what is in it.
    func giveBack(_ frame: UnsafeMutablePointer<AVFrame>) {
        // The frame came from `take`, and its last user has let go of it.
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
        unsafe av_frame_free(&frame)
        state.withLock { $0.lent -= 1 }
        state.wakeAll(.source)
    }

    /// Lends no more: whoever waits gets nothing.
    package func close() {
        state.withLock { $0.isClosed = true }
        state.wakeAll(.source)
    }

    /// How long borrowers have slept because every frame was out.
    package var timeWaiting: Duration { state.withLock { $0.timeWaiting } }

    /// How many frames are out.
    package var lentCount: Int { state.withLock { $0.lent } }
}
