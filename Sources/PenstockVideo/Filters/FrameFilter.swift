package import CFFmpeg
package import PenstockCore

/// Sends pictures through a chain of filters that is built anew whenever their shape changes, and keeps their times in one
/// unit. One thread uses it.
@safe package final class FrameFilter {
    /// What is done with a frame that comes out; it is emptied afterwards.
    package typealias Taker = (UnsafeMutablePointer<AVFrame>) throws(PenstockError) -> Void

    private let timeBase: AVRational
    private let rate: AVRational?
    private let mostAtOnce: Int
    private let describe: (PictureShape) -> FilterChain
    private let output: UnsafeMutablePointer<AVFrame>
    private var current: (shape: PictureShape, graph: FilterGraph)?

    /// Makes a filter whose chain `describe` tells for each shape of picture; times count in `timeBase`, before and after.
    ///
    /// - Parameters:
    ///   - rate: Frames a second, for filters that ask for it.
    ///   - mostAtOnce: How many frames may come out before another goes in: some filters, such as an endless loop, never
    ///     wait for one.
    package init(
        timeBase: AVRational,
        rate: AVRational? = nil,
        mostAtOnce: Int = 1_000_000,
        _ describe: @escaping (PictureShape) -> FilterChain
    ) {
        self.timeBase = timeBase
        self.rate = rate
        self.mostAtOnce = mostAtOnce
        self.describe = describe
        guard let output = unsafe av_frame_alloc() else { fatalError("there is no memory for a frame") }
        unsafe self.output = output
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var output: UnsafeMutablePointer<AVFrame>? = unsafe output
        unsafe av_frame_free(&output)
    }

    /// Puts a frame in, leaving the caller an empty one, and hands on what comes out.
    package func add(_ frame: UnsafeMutablePointer<AVFrame>, _ take: Taker) throws(PenstockError) {
        let shape = unsafe PictureShape(frame)
        if let current, current.shape != shape { try unsafe finish(at: frame.pointee.pts, take) }
        let graph = try graph(for: shape)
        // Filters that have seen enough would only collect what comes. The frame is the caller's to give away.
        if graph.hasEnded { return unsafe av_frame_unref(frame) }
        try unsafe graph.feed(frame)
        try unsafe drain(graph, take)
    }

    /// Hands on what filters have held back. The next frame starts afresh.
    ///
    /// - Parameter end: When the last frame ends, where that is known, for filters that repeat frames.
    package func finish(at end: Int64? = nil, _ take: Taker) throws(PenstockError) {
        guard let graph = current?.graph else { return }
        current = nil
        try graph.close(at: end)
        try unsafe drain(graph, take)
    }

    /// Forgets what filters have held back. The next frame starts afresh.
    package func reset() {
        current = nil
    }
}

extension FrameFilter {
    private func graph(for shape: PictureShape) throws(PenstockError) -> FilterGraph {
        if let current { return current.graph }
        let graph = try FilterGraph(describe(shape), for: FilterInput(shape, timeBase: timeBase, rate: rate))
        current = (shape, graph)
        return graph
    }

    private func drain(_ graph: FilterGraph, _ take: Taker) throws(PenstockError) {
        var count = 0
        // The output frame is this object's own, and empty between uses.
        while try unsafe graph.take(into: output) {
            defer { unsafe av_frame_unref(output) }
            if unsafe output.pointee.pts != penstock_av_no_time {
                unsafe output.pointee.pts = av_rescale_q(output.pointee.pts, graph.timeBase, timeBase)
            }
            count += 1
            if count > mostAtOnce { throw graph.endless(after: mostAtOnce) }
            try unsafe take(output)
        }
    }
}
