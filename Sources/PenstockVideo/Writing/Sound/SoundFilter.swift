internal import CFFmpeg
internal import PenstockCore

/// Brings decoded sound into the form that an encoder takes, beginning at time zero. One thread uses it.
@safe final class SoundFilter {
    /// What is done with a frame that comes out; it is emptied afterwards.
    typealias Taker = (UnsafeMutablePointer<AVFrame>) throws(PenstockError) -> Void

    private let chain: String
    private let timeBase: AVRational
    private let frameSize: Int32
    private var current: (input: FilterInput, graph: FilterGraph)?
    /// The time at which the last frame ended, in its own samples.
    private var expected: Int64?

    /// Gaps up to this are filled with silence; longer ones stay gaps, for silence is held in memory before it is coded.
    private static let longestSilence: Int64 = 10

    /// Makes a filter for an encoder that is open.
    init(before encoder: UnsafeMutablePointer<AVCodecContext>) {
        // The encoder is readable for the length of the call.
        let rate = unsafe encoder.pointee.sample_rate
        let layout = unsafe encoder.pointee.ch_layout.nb_channels == 1 ? "mono" : "stereo"
        chain = ",aformat=sample_fmts=fltp:sample_rates=\(rate):channel_layouts=\(layout)"
        timeBase = unsafe encoder.pointee.time_base
        frameSize = unsafe encoder.pointee.frame_size
    }

    /// Takes what is in `frame`, whose time counts in samples, and hands on through it what comes out.
    func add(_ frame: UnsafeMutablePointer<AVFrame>, _ take: Taker) throws(PenstockError) {
        // The frame is the caller's to give away, and empty from then on.
        let input = unsafe FilterInput(soundLike: frame)
        let (start, rate) = unsafe (frame.pointee.pts, Int64(frame.pointee.sample_rate))
        let end = unsafe start + Int64(frame.pointee.nb_samples)
        let follows = abs(start - (expected ?? 0)) <= Self.longestSilence * rate
        let isFirst = expected == nil
        expected = end
        if let current, follows, current.input == input {
            try unsafe current.graph.feed(frame)
            return try unsafe drain(current.graph, frame, take)
        }
        let graph = try unsafe restart(input, fillsFromZero: isFirst && (follows || start < 0), holding: frame, take)
        try unsafe drain(graph, frame, take)
    }

    /// Hands on, through `frame`, what is held back. Nothing follows.
    func finish(through frame: UnsafeMutablePointer<AVFrame>, _ take: Taker) throws(PenstockError) {
        guard let graph = current?.graph else { return }
        current = nil
        try graph.close()
        try unsafe drain(graph, frame, take)
    }
}

extension SoundFilter {
    /// Gives up the filters for others, which begin with what is in `frame`.
    private func restart(
        _ input: FilterInput,
        fillsFromZero: Bool,
        holding frame: UnsafeMutablePointer<AVFrame>,
        _ take: Taker
    ) throws(PenstockError) -> FilterGraph {
        let begin = fillsFromZero ? ":first_pts=0" : ""
        let graph = try FilterGraph("aresample=async=1000:min_hard_comp=0.1\(begin)\(chain)", for: input)
        graph.setSoundFrameSize(frameSize)
        // Fed first, the frame is empty for what the old filters have held back.
        try unsafe graph.feed(frame)
        try unsafe finish(through: frame, take)
        current = (input, graph)
        return graph
    }

    private func drain(
        _ graph: FilterGraph,
        _ frame: UnsafeMutablePointer<AVFrame>,
        _ take: Taker
    ) throws(PenstockError) {
        // The frame is empty: the filters have taken what was in it.
        while try unsafe graph.take(into: frame) {
            defer { unsafe av_frame_unref(frame) }
            unsafe frame.pointee.pts = av_rescale_q(frame.pointee.pts, graph.timeBase, timeBase)
            try unsafe take(frame)
        }
    }
}
