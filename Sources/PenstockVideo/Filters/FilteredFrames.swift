internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// Makes lent frames of what comes out of filters, each when the one behind it has told how long it is shown.
@safe final class FilteredFrames {
    private let held: UnsafeMutablePointer<AVFrame>
    private var isHolding = false
    private var number: Int?
    private var lastDuration: Duration?
    private var source: (time: Int64, duration: Duration?)?
    /// Whether times are worth telling.
    private var hasTimes = false

    init() throws(PenstockError) {
        guard let held = unsafe av_frame_alloc() else { throw .outOfMemory(bytes: 0) }
        unsafe self.held = held
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var held: UnsafeMutablePointer<AVFrame>? = unsafe held
        unsafe av_frame_free(&held)
    }

    /// Notes what is about to go in.
    func expect(_ moment: FrameMoment, at place: FilterClock.Place, hasTimes: Bool) {
        number = number ?? moment.frame
        source = (place.time, moment.duration)
        self.hasTimes = hasTimes
    }

    /// Takes what has come out, and hands on what came before it.
    func add(
        _ made: UnsafeMutablePointer<AVFrame>,
        from pool: FramePool,
        _ take: StreamFilter.Taker
    ) throws(PenstockError) {
        // The held frame is empty after it was handed on.
        try hand(on: take, from: pool, until: unsafe made.pointee.pts)
        unsafe av_frame_move_ref(held, made)
        isHolding = true
    }

    /// Hands on the last frame.
    func finish(from pool: FramePool, _ take: StreamFilter.Taker) throws(PenstockError) {
        try hand(on: take, from: pool, until: nil)
    }
}

extension FilteredFrames {
    private func hand(on take: StreamFilter.Taker, from pool: FramePool, until next: Int64?) throws(PenstockError) {
        guard isHolding else { return }
        isHolding = false
        defer { unsafe av_frame_unref(held) }
        // The pool gives an empty frame, which the new one owns from then on.
        guard let lent = unsafe pool.take() else { throw .framesStopped }
        let moment = moment(until: next)
        unsafe av_frame_move_ref(lent, held)
        unsafe nameColors(of: lent)
        let isDamaged = unsafe lent.pointee.flags & AV_FRAME_FLAG_CORRUPT != 0 || lent.pointee.decode_error_flags != 0
        try take(unsafe VideoFrame(adopting: lent, from: pool, moment: moment, isDamaged: isDamaged))
    }

    private func moment(until next: Int64?) -> FrameMoment {
        let frame = number ?? 0
        number = frame + 1
        // The held frame is full.
        let time = unsafe held.pointee.pts
        guard time != penstock_av_no_time else { return FrameMoment(frame: frame) }
        lastDuration = next.flatMap { FilterClock.duration(from: time, to: $0) } ?? guess(time)
        return FrameMoment(frame: frame, time: hasTimes ? FilterClock.time(time) : nil, duration: lastDuration)
    }

    /// How long a frame is shown that nothing follows: as long as its source, or else as the one before it.
    private func guess(_ time: Int64) -> Duration? {
        source?.time == time ? source?.duration : lastDuration ?? source?.duration
    }

    /// FFmpeg's scaler leaves "RGB" standing on what it has converted from that.
    private func nameColors(of frame: UnsafeMutablePointer<AVFrame>) {
        // The frame is nobody else's yet.
        guard unsafe frame.pointee.colorspace == AVCOL_SPC_RGB, unsafe !PictureShape(frame).isRGB else { return }
        unsafe frame.pointee.colorspace = AVCOL_SPC_SMPTE170M
    }
}
