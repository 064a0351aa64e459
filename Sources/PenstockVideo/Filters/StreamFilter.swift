internal import CFFmpeg
package import PenstockCore
internal import PenstockImages

/// Sends a video's frames, in their order, through FFmpeg's filters. One thread uses it.
///
/// Filters see frames upright. What comes out has the times that the filters give it, on the source's own clock, and is
/// numbered one by one from the first frame's number on: which frame became which, filters do not tell. Where the size,
/// the format or the orientation changes, or times jump, filters give out what they hold back and begin anew.
///
/// Filters hold on to pixels, never to a `VideoFrame`: as many frames as they need may be inside, whatever a pool's limit.
@safe package final class StreamFilter {
    /// What is done with a frame that comes out.
    package typealias Taker = (VideoFrame) throws(PenstockError) -> Void

    private let description: String
    private let mostAtOnce: Int
    private let frame: UnsafeMutablePointer<AVFrame>
    private let filtered: FilteredFrames
    private var clock = FilterClock()
    /// When the last frame ends that has gone in.
    private var end: Int64 = 0
    private var current: (orientation: Orientation, filter: FrameFilter)?

    /// Reads a description in FFmpeg's own language.
    ///
    /// - Throws: Where libavfilter is missing, or FFmpeg refuses the description, or it has not one way in and one way out.
    package convenience init(_ description: String) throws(PenstockError) {
        try self.init(description, mostAtOnce: 1_000_000)
    }

    /// The same, with another limit to what filters may give out before they take another frame in.
    init(_ description: String, mostAtOnce: Int) throws(PenstockError) {
        try FilterParts(for: description).checkPictures()
        self.description = description
        self.mostAtOnce = mostAtOnce
        filtered = try FilteredFrames()
        guard let frame = unsafe av_frame_alloc() else { throw .outOfMemory(bytes: 0) }
        unsafe self.frame = frame
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
        unsafe av_frame_free(&frame)
    }

    /// Puts the next frame in, and hands on what comes out; the last of it stays until its successor is known.
    ///
    /// - Parameter pool: Lends what comes out, and is slept upon while all of it is out: not the pool that `source` is
    ///   from, unless that can lend more frames than the caller and the taker hold.
    package func add(
        _ source: VideoFrame,
        pool: FramePool,
        _ take: Taker
    ) throws(PenstockError) {
        let place = clock.place(source.moment)
        if place.beginsAnew || current?.orientation != source.orientation { try drain(until: end, pool, take) }
        end = clock.end
        filtered.expect(source.moment, at: place, hasTimes: clock.hasTimes)
        let filter = filter(for: source.orientation, place)
        // Our own reference: filters copy what they change.
        defer { unsafe av_frame_unref(frame) }
        guard unsafe av_frame_ref(frame, source.pointer) >= 0 else { throw .outOfMemory(bytes: 0) }
        unsafe frame.pointee.pts = place.time
        unsafe frame.pointee.pkt_duration = place.duration ?? 0
        try unsafe filter.add(frame) { (made) throws(PenstockError) in
            // The filters' frame, for the length of the call.
            try unsafe filtered.add(made, from: pool, take)
        }
    }

    /// Says that no frame follows, and hands on what was held back. Another frame would begin anew.
    package func finish(pool: FramePool, _ take: Taker) throws(PenstockError) {
        try drain(until: end, pool, take)
        try filtered.finish(from: pool, take)
    }
}

extension StreamFilter {
    private func filter(for orientation: Orientation, _ place: FilterClock.Place) -> FrameFilter {
        if let current { return current.filter }
        let chain = FilterChain(before: orientation.steps, description)
        let rate = FilterClock.rate(of: place)
        let filter = FrameFilter(timeBase: FilterClock.timeBase, rate: rate, mostAtOnce: mostAtOnce) { _ in chain }
        current = (orientation, filter)
        return filter
    }

    private func drain(until end: Int64, _ pool: FramePool, _ take: Taker) throws(PenstockError) {
        guard let filter = current?.filter else { return }
        current = nil
        try unsafe filter.finish(at: end) { (made) throws(PenstockError) in
            // The filters' frame, for the length of the call.
            try unsafe filtered.add(made, from: pool, take)
        }
    }
}
