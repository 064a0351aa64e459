package import CFFmpeg
internal import Glibc
package import PenstockCore
internal import PenstockImages

/// A chain of FFmpeg's filters, with one way in and one way out, for frames of one shape. One thread uses it.
@safe package final class FilterGraph {
    private let parts: FilterParts
    private let source: UnsafeMutablePointer<AVFilterContext>
    private let sink: UnsafeMutablePointer<AVFilterContext>
    /// Whether nothing comes out any more, whatever goes in.
    private(set) var hasEnded = false

    /// Builds a chain.
    ///
    /// - Throws: Where libavfilter is missing, or FFmpeg refuses the description.
    package init(_ chain: FilterChain, for input: FilterInput) throws(PenstockError) {
        parts = try FilterParts(for: chain.description)
        unsafe source = try parts.make(FilterChain.Step(input.source, input.arguments))
        unsafe sink = try parts.make(FilterChain.Step(input.sink))
        try unsafe parts.connect(source, chain, sink)
    }

    /// Builds the chain that `description` names in FFmpeg's own language.
    package convenience init(_ description: String, for input: FilterInput) throws(PenstockError) {
        try self.init(FilterChain(description), for: input)
    }

    /// Puts a frame in, and leaves the caller an empty one.
    package func feed(_ frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) {
        FFmpegLog.clear()
        // The source takes the frame's references over and resets it.
        try parts.check(unsafe parts.functions.source_add_frame(source, frame, 0))
    }

    /// Says that no frame follows, so that filters give out what they hold back.
    ///
    /// - Parameter end: When the last frame ends, where that is known, for filters that repeat frames.
    package func close(at end: Int64? = nil) throws(PenstockError) {
        FFmpegLog.clear()
        try parts.check(unsafe parts.functions.source_close(source, end ?? penstock_av_no_time, 0))
    }

    /// Moves the next frame into an empty one; `false` where another has to be fed first, and after the last.
    package func take(into frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) -> Bool {
        FFmpegLog.clear()
        // The caller's frame is empty and is filled with references of its own.
        let status = unsafe parts.functions.sink_get_frame(sink, frame)
        if status == penstock_av_error_eof { hasEnded = true }
        if status == penstock_av_error(EAGAIN) || hasEnded { return false }
        try parts.check(status)
        return true
    }

    /// What to say of filters that go on and on.
    func endless(after count: Int) -> PenstockError {
        let reason = "they gave out \(count) frames without taking another in; let loops and sources end (shortest=1)"
        return .filter(parts.description, reason, status: 0)
    }

    /// The unit of the times of frames that come out.
    package var timeBase: AVRational {
        // The sink lives as long as this object.
        unsafe parts.functions.sink_time_base(sink)
    }

    /// Makes every frame of sound but the last hold `count` samples.
    func setSoundFrameSize(_ count: Int32) {
        // As above; the call only notes the number.
        unsafe parts.functions.sink_set_frame_size(sink, UInt32(max(1, count)))
    }
}
