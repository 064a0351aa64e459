internal import CFFmpeg
internal import Glibc
internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// Encodes frames as H.264 by libx264. One thread uses it.
@safe final class VideoEncoder {
    private var context: UnsafeMutablePointer<AVCodecContext>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    /// How long the frames last that are in the encoder, in the order in which they went in and come out.
    private var durations: [Int64] = []

    /// The unit of its times.
    static let timeBase = AVRational(num: 1, den: Int32(OutputClock.ticksPerSecond))

    /// Makes sure that there is an encoder, before anything is to be encoded.
    static func check() throws(PenstockError) { _ = try unsafe codec() }

    /// Makes an encoder for frames like this one, of which the first lasts `duration` ticks.
    init(
        like frame: UnsafeMutablePointer<AVFrame>,
        duration: Int64,
        _ quality: VideoQuality
    ) throws(PenstockError) {
        let codec = try unsafe Self.codec()
        unsafe context = avcodec_alloc_context3(codec)
        unsafe packet = av_packet_alloc()
        guard unsafe context != nil, unsafe packet != nil else { throw .outOfMemory(bytes: 0) }
        unsafe describe(frame.pointee, rate: OutputClock.ticksPerSecond / max(1, duration))
        choose(quality)
        FFmpegLog.clear()
        try check(unsafe avcodec_open2(context, codec, nil))
    }

    deinit {
        // Both are this object's own.
        unsafe av_packet_free(&packet)
        unsafe avcodec_free_context(&context)
    }

    /// What a container must know of the stream.
    func withParameters(_ body: (UnsafePointer<AVCodecParameters>) throws(PenstockError) -> Void) throws(PenstockError)
    {
        var parameters = unsafe avcodec_parameters_alloc()
        // The parameters are ours until the end of this call.
        defer { unsafe avcodec_parameters_free(&parameters) }
        guard let made = unsafe parameters else { throw .outOfMemory(bytes: 0) }
        try check(unsafe avcodec_parameters_from_context(made, context))
        try unsafe body(made)
    }

    /// Puts a frame in that lasts `duration` ticks, and hands on the packets that come out.
    func add(
        _ frame: UnsafeMutablePointer<AVFrame>,
        duration: Int64,
        _ take: (UnsafeMutablePointer<AVPacket>) throws(PenstockError) -> Void
    ) throws(PenstockError) {
        durations.append(duration)
        // The source's kinds of picture mean nothing to this encoder. The frame is the caller's own to change.
        unsafe frame.pointee.pict_type = AV_PICTURE_TYPE_NONE
        unsafe frame.pointee.key_frame = 0
        FFmpegLog.clear()
        try check(unsafe avcodec_send_frame(context, frame))
        try unsafe drain(take)
    }

    /// Hands on what the encoder has held back. Nothing follows.
    func finish(_ take: (UnsafeMutablePointer<AVPacket>) throws(PenstockError) -> Void) throws(PenstockError) {
        FFmpegLog.clear()
        try check(unsafe avcodec_send_frame(context, nil))
        try unsafe drain(take)
    }
}

extension VideoEncoder {
    private static func codec() throws(PenstockError) -> UnsafePointer<AVCodec> {
        // Codecs are constants of the library.
        if let codec = unsafe avcodec_find_encoder_by_name("libx264") { return unsafe codec }
        throw PenstockError(
            .unsupported,
            at: .configure,
            "Video is written as H.264 by libx264, which this system's FFmpeg was built without. "
                + "Install an FFmpeg that has it (Debian's and Ubuntu's do), or write pictures into a folder instead."
        )
    }

    private func describe(_ frame: AVFrame, rate: Int64) {
        // The context is this object's own, and not open yet.
        unsafe context!.pointee.width = frame.width
        unsafe context!.pointee.height = frame.height
        unsafe context!.pointee.pix_fmt = AVPixelFormat(rawValue: frame.format)
        unsafe context!.pointee.sample_aspect_ratio = frame.sample_aspect_ratio
        unsafe context!.pointee.color_range = AVCOL_RANGE_MPEG
        unsafe context!.pointee.colorspace = frame.colorspace
        unsafe context!.pointee.color_primaries = frame.color_primaries
        unsafe context!.pointee.color_trc = frame.color_trc
        unsafe context!.pointee.chroma_sample_location = frame.chroma_location
        unsafe context!.pointee.time_base = Self.timeBase
        // Only a hint, from which the level is derived: without it that would be one for 90,000 frames a second.
        unsafe context!.pointee.framerate = AVRational(num: Int32(min(max(rate, 1), 240)), den: 1)
    }

    private func choose(_ quality: VideoQuality) {
        // Pictures in the order in which they are shown: every frame's time and duration is exact in every container.
        unsafe context!.pointee.max_b_frames = 0
        // Inference goes first.
        unsafe context!.pointee.thread_count = Int32(min(4, max(1, AvailableCores.current().count / 2)))
        unsafe context!.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
        unsafe av_opt_set(context!.pointee.priv_data, "preset", "veryfast", 0)
        unsafe av_opt_set(context!.pointee.priv_data, "crf", "\(quality.rateFactor)", 0)
    }

    private func drain(
        _ take: (UnsafeMutablePointer<AVPacket>) throws(PenstockError) -> Void
    ) throws(PenstockError) {
        while true {
            // The packet is this object's own, and is emptied by the call that fills it.
            let status = unsafe avcodec_receive_packet(context, packet)
            if status == penstock_av_error(EAGAIN) || status == penstock_av_error_eof { return }
            try check(status)
            if !durations.isEmpty { unsafe packet!.pointee.duration = durations.removeFirst() }
            try unsafe take(packet!)
        }
    }

    private func check(_ status: Int32) throws(PenstockError) {
        guard status < 0 else { return }
        let reason = FFmpegWords.latest(status)
        throw PenstockError(.unsupported, at: .write, "The video could not be encoded: \(reason).", status: status)
    }
}
