internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// The filters of a graph, from the first that is made to the moment at which they are all connected.
@safe final class FilterParts {
    /// A filter, and which of its ways in or out is meant.
    @safe private struct End {
        let filter: UnsafeMutablePointer<AVFilterContext>
        let pad: UInt32
    }

    let functions: penstock_av_filters
    let description: String
    private var graph: UnsafeMutablePointer<AVFilterGraph>?

    /// Begins a graph around a description in FFmpeg's language, which is read when the graph is connected.
    init(for description: String) throws(PenstockError) {
        functions = try FilterLibrary.load()
        self.description = description
        unsafe graph = functions.graph_alloc()
        guard unsafe graph != nil else { throw .outOfMemory(bytes: 0) }
        // The caller's threads are the only ones: an automatic number would be all the cores.
        unsafe graph!.pointee.nb_threads = 1
    }

    deinit {
        // The graph owns its filters.
        unsafe functions.graph_free(&graph)
    }

    /// Makes a filter.
    func make(_ step: FilterChain.Step) throws(PenstockError) -> UnsafeMutablePointer<AVFilterContext> {
        FFmpegLog.clear()
        var made: UnsafeMutablePointer<AVFilterContext>?
        // The kinds are constants of the library; the graph takes the new filter over.
        let kind = unsafe functions.get_by_name(step.name)
        try check(unsafe functions.graph_create_filter(&made, kind, step.name, step.options, nil, graph))
        guard let made = unsafe made else { throw .outOfMemory(bytes: 0) }
        return unsafe made
    }

    /// Connects everything between two filters that were made here.
    func connect(
        _ source: UnsafeMutablePointer<AVFilterContext>,
        _ chain: FilterChain,
        _ sink: UnsafeMutablePointer<AVFilterContext>
    ) throws(PenstockError) {
        // Filters live as long as their graph, which is this object's own.
        var last = unsafe End(filter: source, pad: 0)
        for step in chain.before { last = try unsafe link(last, to: make(step)) }
        let (way, out) = try parse()
        try link(last, to: way)
        last = out
        for step in chain.after { last = try unsafe link(last, to: make(step)) }
        try link(last, to: unsafe End(filter: sink, pad: 0))
        FFmpegLog.clear()
        try check(unsafe functions.graph_config(graph, nil))
    }

    /// Reads the description, and makes sure that it takes in pictures at one place and gives them out at another.
    func checkPictures() throws(PenstockError) {
        let (way, out) = try parse()
        // The pads are the filters' own.
        let kinds = unsafe [
            functions.pad_get_type(way.filter.pointee.input_pads, Int32(way.pad)),
            functions.pad_get_type(out.filter.pointee.output_pads, Int32(out.pad)),
        ]
        if kinds.contains(where: { $0 != AVMEDIA_TYPE_VIDEO }) {
            throw .filter(description, "they are for sound, not for pictures", status: 0)
        }
    }

    /// FFmpeg's names for the filters that were made so far.
    var names: [String] {
        // The graph lists its filters, and their kinds are constants of the library.
        let graph = unsafe graph!.pointee
        return unsafe (0..<Int(graph.nb_filters)).map {
            unsafe String(cString: graph.filters[$0]!.pointee.filter.pointee.name)
        }
    }

    /// Turns a failure into an error that names the filter.
    func check(_ status: Int32) throws(PenstockError) {
        guard status < 0 else { return }
        throw .filter(description, FFmpegWords.latestOfFilter(status), status: status)
    }
}

extension FilterParts {
    private func parse() throws(PenstockError) -> (in: End, out: End) {
        var inputs: UnsafeMutablePointer<AVFilterInOut>?
        var outputs: UnsafeMutablePointer<AVFilterInOut>?
        // The lists are ours; what they lead to is the graph's.
        defer {
            unsafe functions.inout_free(&inputs)
            unsafe functions.inout_free(&outputs)
        }
        FFmpegLog.clear()
        try check(unsafe functions.graph_parse(graph, description, &inputs, &outputs))
        let (ways, outs) = unsafe (Self.ends(inputs), Self.ends(outputs))
        guard ways.count == 1, outs.count == 1 else {
            let reason =
                "they have \(ways.count) open inputs and \(outs.count) open outputs, where one of each is needed"
            throw .filter(description, reason, status: 0)
        }
        return (ways[0], outs[0])
    }

    private static func ends(_ list: UnsafeMutablePointer<AVFilterInOut>?) -> [End] {
        var ends: [End] = []
        var next = unsafe list
        // The list ends with a null pointer, and each entry has a filter.
        while let entry = unsafe next {
            ends.append(unsafe End(filter: entry.pointee.filter_ctx, pad: UInt32(entry.pointee.pad_idx)))
            unsafe next = entry.pointee.next
        }
        return ends
    }

    @discardableResult
    private func link(_ end: End, to filter: UnsafeMutablePointer<AVFilterContext>) throws(PenstockError) -> End {
        // The filter is the graph's.
        let way = unsafe End(filter: filter, pad: 0)
        try link(end, to: way)
        return way
    }

    private func link(_ end: End, to way: End) throws(PenstockError) {
        FFmpegLog.clear()
        // Both filters are the graph's, and have these ends.
        try check(unsafe functions.link(end.filter, end.pad, way.filter, way.pad))
    }
}
