internal import CFFmpeg
internal import Glibc
internal import PenstockCore
internal import PenstockImages

/// Turns sound of any codec into AAC that begins exactly with the first picture. One thread uses it.
@safe final class SoundEncoder {
    /// What is done with a packet that comes out.
    typealias Taker = (UnsafeMutablePointer<AVPacket>) throws(PenstockError) -> Void

    private var decoder: UnsafeMutablePointer<AVCodecContext>?
    private var encoder: UnsafeMutablePointer<AVCodecContext>?
    private var frame: UnsafeMutablePointer<AVFrame>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var graph: FilterGraph?
    private var input: FilterInput?
    private let sourceBase: AVRational

    /// Makes an encoder for a source's sound.
    init(_ source: SourceSound) throws(PenstockError) {
        sourceBase = source.timeBase
        unsafe frame = av_frame_alloc()
        unsafe packet = av_packet_alloc()
        guard unsafe frame != nil, unsafe packet != nil else { throw .outOfMemory(bytes: 0) }
        try openDecoder(source)
        try openEncoder()
    }

    deinit {
        // All four are this object's own.
        unsafe av_frame_free(&frame)
        unsafe av_packet_free(&packet)
        unsafe avcodec_free_context(&encoder)
        unsafe avcodec_free_context(&decoder)
    }

    /// The unit of the times of the packets that come out.
    var timeBase: AVRational { unsafe encoder!.pointee.time_base }

    /// Adds the stream to a file, and returns its number.
    func addStream(to output: OutputVideo) throws(PenstockError) -> Int32 {
        var parameters = unsafe avcodec_parameters_alloc()
        // The parameters are ours until the end of this call.
        defer { unsafe avcodec_parameters_free(&parameters) }
        guard let made = unsafe parameters else { throw .outOfMemory(bytes: 0) }
        try check(unsafe avcodec_parameters_from_context(made, encoder))
        return try unsafe output.addStream(made, timeBase: timeBase)
    }

    /// Puts a packet in whose time counts from the first picture, and hands on what comes out.
    func add(_ packet: UnsafeMutablePointer<AVPacket>, time: Int64, _ take: Taker) throws(PenstockError) {
        unsafe packet.pointee.pts = time
        unsafe packet.pointee.dts = time
        // A damaged packet is a short silence.
        guard unsafe avcodec_send_packet(decoder, packet) >= 0 else { return }
        try unsafe decode(take)
    }

    /// Hands on what is held back. Nothing follows.
    func finish(_ take: Taker) throws(PenstockError) {
        // An empty packet says that nothing follows.
        unsafe _ = avcodec_send_packet(decoder, nil)
        try unsafe decode(take)
        guard let graph else { return }
        try graph.close()
        try unsafe encode(from: graph, take)
        try check(unsafe avcodec_send_frame(encoder, nil))
        try unsafe drain(take)
    }
}

extension SoundEncoder {
    private func openDecoder(_ source: SourceSound) throws(PenstockError) {
        FFmpegLog.clear()
        // Codecs are constants of the library; the context is this object's own.
        guard let codec = unsafe avcodec_find_decoder(source.parameters.pointee.codec_id) else {
            throw PenstockError(.unsupported, at: .decode, "The sound is of a codec that this system does not decode.")
        }
        unsafe decoder = avcodec_alloc_context3(codec)
        guard unsafe decoder != nil else { throw .outOfMemory(bytes: 0) }
        try check(unsafe avcodec_parameters_to_context(decoder, source.parameters))
        unsafe decoder!.pointee.pkt_timebase = source.timeBase
        try check(unsafe avcodec_open2(decoder, codec, nil))
    }

    private func openEncoder() throws(PenstockError) {
        guard let codec = unsafe avcodec_find_encoder(AV_CODEC_ID_AAC) else {
            throw PenstockError(.unsupported, at: .write, "This system's FFmpeg was built without an encoder for AAC.")
        }
        unsafe encoder = avcodec_alloc_context3(codec)
        guard unsafe encoder != nil else { throw .outOfMemory(bytes: 0) }
        // The context is this object's own, and not open yet.
        unsafe encoder!.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
        unsafe encoder!.pointee.sample_rate = Self.rate(near: decoder!.pointee.sample_rate)
        unsafe av_channel_layout_default(
            &encoder!.pointee.ch_layout,
            decoder!.pointee.ch_layout.nb_channels == 1 ? 1 : 2
        )
        unsafe encoder!.pointee.time_base = AVRational(num: 1, den: encoder!.pointee.sample_rate)
        unsafe encoder!.pointee.bit_rate = 128_000
        unsafe encoder!.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        try check(unsafe avcodec_open2(encoder, codec, nil))
    }

    /// The source's rate where AAC has it and players expect it.
    private static func rate(near rate: Int32) -> Int32 {
        [16_000, 22_050, 24_000, 32_000, 44_100, 48_000].contains(rate) ? rate : 48_000
    }

    private func decode(_ take: Taker) throws(PenstockError) {
        // The frame is this object's own, and is emptied by the call that fills it.
        while unsafe avcodec_receive_frame(decoder, frame) >= 0 {
            defer { unsafe av_frame_unref(frame) }
            guard unsafe frame!.pointee.pts != penstock_av_no_time, unsafe frame!.pointee.sample_rate > 0 else {
                continue
            }
            let graph = try graphForFrame()
            let samples = unsafe AVRational(num: 1, den: frame!.pointee.sample_rate)
            unsafe frame!.pointee.pts = av_rescale_q(frame!.pointee.pts, sourceBase, samples)
            try unsafe graph.feed(frame!)
            try unsafe encode(from: graph, take)
        }
    }

    /// The filters for the decoded frame: they resample it, fill gaps with silence, and begin at zero.
    private func graphForFrame() throws(PenstockError) -> FilterGraph {
        let input = unsafe FilterInput(soundLike: frame!)
        if let graph, self.input == input { return graph }
        // A source that changes its rate or its channels in the middle is rare; the filters start again from there.
        let isFirst = graph == nil
        let layout = unsafe encoder!.pointee.ch_layout.nb_channels == 1 ? "mono" : "stereo"
        let made = try FilterGraph(
            "aresample=async=1000:min_hard_comp=0.1\(isFirst ? ":first_pts=0" : "")"
                + ",aformat=sample_fmts=fltp:sample_rates=\(timeBase.den):channel_layouts=\(layout)",
            for: input
        )
        made.setSoundFrameSize(unsafe encoder!.pointee.frame_size)
        graph = made
        self.input = input
        return made
    }

    private func encode(from graph: FilterGraph, _ take: Taker) throws(PenstockError) {
        // The frame is this object's own, and empty: the filters have taken what was in it.
        while try unsafe graph.take(into: frame!) {
            defer { unsafe av_frame_unref(frame) }
            unsafe frame!.pointee.pts = av_rescale_q(frame!.pointee.pts, graph.timeBase, timeBase)
            try check(unsafe avcodec_send_frame(encoder, frame))
            try unsafe drain(take)
        }
    }

    private func drain(_ take: Taker) throws(PenstockError) {
        while unsafe avcodec_receive_packet(encoder, packet) >= 0 {
            // The packet is this object's own, and is emptied before it is filled again.
            defer { unsafe av_packet_unref(packet) }
            try unsafe take(packet!)
        }
    }

    private func check(_ status: Int32) throws(PenstockError) {
        guard status < 0 else { return }
        let reason = FFmpegWords.latest(status)
        throw PenstockError(.unsupported, at: .write, "The sound could not be converted: \(reason).", status: status)
    }
}
