internal import CFFmpeg
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
    private var filter: SoundFilter?
    private let sourceBase: AVRational

    /// Makes an encoder for a source's sound.
    init(_ source: SourceSound) throws(PenstockError) {
        sourceBase = source.timeBase
        unsafe frame = av_frame_alloc()
        unsafe packet = av_packet_alloc()
        guard unsafe frame != nil, unsafe packet != nil else { throw .outOfMemory(bytes: 0) }
        unsafe decoder = try SoundCodecs.decoder(for: source)
        unsafe encoder = try SoundCodecs.encoder(after: decoder!)
        filter = unsafe SoundFilter(before: encoder!)
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
        try unsafe filter?.finish(through: frame!) { (frame) throws(PenstockError) in try unsafe encode(frame, take) }
        try unsafe encode(nil, take)
    }
}

extension SoundEncoder {
    private func decode(_ take: Taker) throws(PenstockError) {
        // The frame is this object's own, and is emptied by the call that fills it.
        while unsafe avcodec_receive_frame(decoder, frame) >= 0 {
            defer { unsafe av_frame_unref(frame) }
            let (time, rate) = unsafe (frame!.pointee.pts, frame!.pointee.sample_rate)
            guard time != penstock_av_no_time, rate > 0 else { continue }
            unsafe frame!.pointee.pts = av_rescale_q(time, sourceBase, AVRational(num: 1, den: rate))
            try unsafe filter?.add(frame!) { (frame) throws(PenstockError) in try unsafe encode(frame, take) }
        }
    }

    /// Encodes a frame, or with `nil` what the encoder has held back.
    private func encode(_ frame: UnsafeMutablePointer<AVFrame>?, _ take: Taker) throws(PenstockError) {
        try check(unsafe avcodec_send_frame(encoder, frame))
        while unsafe avcodec_receive_packet(encoder, packet) >= 0 {
            // The packet is this object's own, and is emptied before it is filled again.
            defer { unsafe av_packet_unref(packet) }
            try unsafe take(packet!)
        }
    }

    private func check(_ status: Int32) throws(PenstockError) {
        if status < 0 { throw SoundCodecs.failure(status) }
    }
}
