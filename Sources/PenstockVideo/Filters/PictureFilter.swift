internal import CFFmpeg
package import PenstockCore
internal import PenstockImages

/// Sends still pictures through FFmpeg's filters, each through a chain of its own. One thread uses it.
///
/// Filters count frames and look back at them, and most give out their last only when they are told that none follows;
/// so the chain is built anew for every picture. Usual ones take 0.05 to 0.6 ms to build.
@safe package final class PictureFilter {
    private let description: String
    private let memory = FrameMemory()
    private let frame: UnsafeMutablePointer<AVFrame>
    /// What comes out where a layout goes in, known from the first such picture.
    private var results: [PixelLayout: PixelLayout] = [:]

    /// Reads a description in FFmpeg's own language.
    ///
    /// - Throws: Where libavfilter is missing, or FFmpeg refuses the description, or it has not one way in and one way out.
    package init(_ description: String) throws(PenstockError) {
        try FilterParts(for: description).checkPictures()
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
        let input = unsafe FilterInput(PictureShape(frame), timeBase: av_inv_q(Self.rate), rate: Self.rate)
        let conversion = result.map { FilterChain.Step("format", "pix_fmts=\($0.format.rawValue)") }
        let chain = FilterChain(description, after: conversion.map { [$0] } ?? [])
        let graph = try FilterGraph(chain, for: input)
        // The frame is this object's own, and empty once it has gone in.
        try unsafe graph.feed(frame)
        try graph.close(at: 1)
        guard try unsafe graph.take(into: frame) else {
            throw .filter(description, "they give out nothing where only one picture goes in", status: 0)
        }
    }
}
