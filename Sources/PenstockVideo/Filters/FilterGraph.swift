package import CFFmpeg
internal import Glibc
package import PenstockCore
internal import PenstockImages

/// A chain of FFmpeg's filters, with one way in and one way out, for frames of one shape. One thread uses it.
@safe package final class FilterGraph {
    private let functions: penstock_av_filters
    private let description: String
    private var graph: UnsafeMutablePointer<AVFilterGraph>?
    private var source: UnsafeMutablePointer<AVFilterContext>?
    private var sink: UnsafeMutablePointer<AVFilterContext>?

    /// Builds the chain that `description` names in FFmpeg's own language.
    ///
    /// - Throws: Where libavfilter is missing, or FFmpeg refuses the description.
    package init(_ description: String, for input: FilterInput) throws(PenstockError) {
        functions = try FilterLibrary.load()
        self.description = description
        unsafe graph = functions.graph_alloc()
        guard unsafe graph != nil else { throw .outOfMemory(bytes: 0) }
        // The caller's threads are the only ones: an automatic number would be all the cores.
        unsafe graph!.pointee.nb_threads = 1
        unsafe source = try makeEnd(input.source, named: "in", input.arguments)
        unsafe sink = try makeEnd(input.sink, named: "out", "")
        try parse()
        try check(unsafe functions.graph_config(graph, nil))
    }

    deinit {
        // The graph owns its filters, the two ends among them.
        unsafe functions.graph_free(&graph)
    }

    /// Puts a frame in, and leaves the caller an empty one.
    package func feed(_ frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) {
        FFmpegLog.clear()
        // The source takes the frame's references over and resets it.
        try check(unsafe functions.source_add_frame(source, frame, 0))
    }

    /// Says that no frame follows, so that filters give out what they hold back.
    package func close() throws(PenstockError) {
        FFmpegLog.clear()
        try check(unsafe functions.source_add_frame(source, nil, 0))
    }

    /// Moves the next frame into an empty one; `false` where another has to be fed first, and after the last.
    package func take(into frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) -> Bool {
        FFmpegLog.clear()
        // The caller's frame is empty and is filled with references of its own.
        let status = unsafe functions.sink_get_frame(sink, frame)
        if status == penstock_av_error(EAGAIN) || status == penstock_av_error_eof { return false }
        try check(status)
        return true
    }

    /// The unit of the times of frames that come out.
    package var timeBase: AVRational {
        // The sink lives as long as this object.
        unsafe functions.sink_time_base(sink)
    }

    /// Makes every frame of sound but the last hold `count` samples.
    func setSoundFrameSize(_ count: Int32) {
        // As above; the call only notes the number.
        unsafe functions.sink_set_frame_size(sink, UInt32(max(1, count)))
    }
}

extension FilterGraph {
    private func makeEnd(
        _ kind: String,
        named name: String,
        _ arguments: String
    ) throws(PenstockError) -> UnsafeMutablePointer<AVFilterContext>? {
        FFmpegLog.clear()
        var end: UnsafeMutablePointer<AVFilterContext>?
        // The kinds are constants of the library; the graph takes the new filter over.
        try check(unsafe functions.graph_create_filter(&end, functions.get_by_name(kind), name, arguments, nil, graph))
        return unsafe end
    }

    private func parse() throws(PenstockError) {
        // What the description leaves open at its beginning is fed by our source, and at its end read by our sink.
        var outputs = unsafe openEnd("in", source)
        var inputs = unsafe openEnd("out", sink)
        defer {
            unsafe functions.inout_free(&inputs)
            unsafe functions.inout_free(&outputs)
        }
        guard unsafe inputs != nil, unsafe outputs != nil else { throw .outOfMemory(bytes: 0) }
        FFmpegLog.clear()
        try check(unsafe functions.graph_parse(graph, description, &inputs, &outputs, nil))
    }

    private func openEnd(
        _ name: String,
        _ filter: UnsafeMutablePointer<AVFilterContext>?
    ) -> UnsafeMutablePointer<AVFilterInOut>? {
        // The list owns the copy of the name.
        guard let end = functions.inout_alloc() else { return nil }
        unsafe end.pointee.name = av_strdup(name)
        unsafe end.pointee.filter_ctx = filter
        return unsafe end
    }

    private func check(_ status: Int32) throws(PenstockError) {
        guard status < 0 else { return }
        throw .filter(description, FFmpegWords.latest(status), status: status)
    }
}
