internal import CFFmpeg
package import PenstockCore
internal import PenstockImages

/// Sends still pictures through FFmpeg's filters. One thread uses it.
///
/// Nothing of one picture reaches the next. Filters count frames and look back at them, and many give out their last only
/// when they are told that none follows: a chain with any such filter is built anew for every picture, which costs 0.05 to
/// 3 ms for usual ones. Only chains of filters that are known to have no memory are kept while pictures have one shape.
@safe package final class PictureFilter {
    private struct Kept {
        let shape: PictureShape
        let result: PixelLayout
        let graph: FilterGraph
    }

    private let description: String
    private let memory = FrameMemory()
    private let frame: UnsafeMutablePointer<AVFrame>
    /// What comes out where a layout goes in, known from the first such picture.
    private var results: [PixelLayout: PixelLayout] = [:]
    private let isMemoryless: Bool
    private var kept: Kept?

    /// Reads a description in FFmpeg's own language.
    ///
    /// - Throws: Where libavfilter is missing, or FFmpeg refuses the description, or it has not one way in and one way out.
    package init(_ description: String) throws(PenstockError) {
        let parts = try FilterParts(for: description)
        try parts.checkPictures()
        isMemoryless = MemorylessFilters.suffice(parts.names, in: description)
        self.description = description
        guard let frame = unsafe av_frame_alloc() else { throw .outOfMemory(bytes: 0) }
        unsafe self.frame = frame
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe frame
        unsafe av_frame_free(&frame)
    }

    /// Replaces a picture by the first that its filters make of it, in the layout that it has, unless they have made it
    /// grey or given it opacity.
    ///
    /// - Throws: Where the filters do not take such a picture, or give out none.
    package func apply(to pixels: inout PixelBuffer) throws(PenstockError) {
        defer { unsafe av_frame_unref(frame) }
        let layout = pixels.layout
        if let result = results[layout] {
            try run(pixels, as: result)
        } else {
            try run(pixels, as: nil)
            // The frame is what has come out.
            let made = unsafe PictureShape(frame)
            let result: PixelLayout = made.hasAlpha ? .rgba : made.isGray ? .gray : layout
            if made.format != result.format.rawValue { try run(pixels, as: result) }
            results[layout] = result
        }
        // The frame is in the layout that the last run was asked for, or has by itself.
        unsafe pixels.copy(frame, results[layout] ?? layout)
    }
}

extension PictureFilter {
    /// What FFmpeg takes stills for: frames that last a 25th of a second.
    private static let rate = AVRational(num: 25, den: 1)

    /// Fills the frame with what comes out, in a layout or as it comes.
    private func run(_ pixels: PixelBuffer, as result: PixelLayout?) throws(PenstockError) {
        unsafe av_frame_unref(frame)
        try unsafe memory.copy(pixels, to: frame)
        unsafe frame.pointee.pts = 0
        let shape = unsafe PictureShape(frame)
        let mayKeep = isMemoryless && result != nil
        let known = mayKeep ? kept.flatMap { $0.shape == shape && $0.result == result ? $0.graph : nil } : nil
        // A chain that fails on the way is not used again.
        kept = nil
        let graph: FilterGraph
        if let known { graph = known } else { graph = try build(for: shape, as: result) }
        // The frame is this object's own, and empty once it has gone in.
        try unsafe graph.feed(frame)
        if !mayKeep { try graph.close(at: 1) }
        guard try unsafe graph.take(into: frame) else {
            throw .filter(description, "they give out nothing where only one picture goes in", status: 0)
        }
        if let result, mayKeep { kept = Kept(shape: shape, result: result, graph: graph) }
    }

    private func build(for shape: PictureShape, as result: PixelLayout?) throws(PenstockError) -> FilterGraph {
        let input = FilterInput(shape, timeBase: av_inv_q(Self.rate), rate: Self.rate)
        let conversion = result.map { [FilterChain.Step("format", "pix_fmts=\($0.format.rawValue)")] }
        return try FilterGraph(FilterChain(description, after: conversion ?? []), for: input)
    }
}
