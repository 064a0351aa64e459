internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// Opens the codecs that sound is converted by. Whoever asks owns what is given.
enum SoundCodecs {
    /// A decoder of a source's sound.
    static func decoder(for source: SourceSound) throws(PenstockError) -> UnsafeMutablePointer<AVCodecContext> {
        // Codecs are constants of the library; the parameters live as long as the source.
        let codec = unsafe avcodec_find_decoder(source.parameters.pointee.codec_id)
        return try unsafe open(codec) { context in
            let status = unsafe avcodec_parameters_to_context(context, source.parameters)
            unsafe context.pointee.pkt_timebase = source.timeBase
            return status
        }
    }

    /// An encoder of AAC for what a decoder gives.
    static func encoder(
        after decoder: UnsafeMutablePointer<AVCodecContext>
    ) throws(PenstockError) -> UnsafeMutablePointer<AVCodecContext> {
        let codec = unsafe avcodec_find_encoder(AV_CODEC_ID_AAC)
        return try unsafe open(codec) { context in
            let rate = unsafe rate(near: decoder.pointee.sample_rate)
            let channels: Int32 = unsafe decoder.pointee.ch_layout.nb_channels == 1 ? 1 : 2
            // The context is not open yet, and nobody else has it.
            unsafe context.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
            unsafe context.pointee.sample_rate = rate
            unsafe av_channel_layout_default(&context.pointee.ch_layout, channels)
            unsafe context.pointee.time_base = AVRational(num: 1, den: rate)
            unsafe context.pointee.bit_rate = 128_000
            unsafe context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
            return 0
        }
    }

    /// The error for a step of the conversion that failed.
    static func failure(_ status: Int32) -> PenstockError {
        let reason = FFmpegWords.latest(status)
        return PenstockError(.unsupported, at: .write, "The sound could not be converted: \(reason).", status: status)
    }

    private static func open(
        _ codec: UnsafePointer<AVCodec>?,
        _ prepare: (UnsafeMutablePointer<AVCodecContext>) -> Int32
    ) throws(PenstockError) -> UnsafeMutablePointer<AVCodecContext> {
        guard let codec = unsafe codec else { throw failure(penstock_av_error_decoder_not_found) }
        FFmpegLog.clear()
        var context = unsafe avcodec_alloc_context3(codec)
        guard let made = unsafe context else { throw .outOfMemory(bytes: 0) }
        // The context is ours until it is handed over open.
        var status = unsafe prepare(made)
        if status >= 0 { status = unsafe avcodec_open2(made, codec, nil) }
        guard status >= 0 else {
            unsafe avcodec_free_context(&context)
            throw failure(status)
        }
        return unsafe made
    }

    /// The source's rate where AAC has it and players expect it.
    private static func rate(near rate: Int32) -> Int32 {
        [16_000, 22_050, 24_000, 32_000, 44_100, 48_000].contains(rate) ? rate : 48_000
    }
}
