internal import CFFmpeg
internal import PenstockCore

/// A decoder of one stream's packets.
@safe final class FrameDecoder {
    /// How a step of the decoder ended.
    enum Outcome: Hashable {
        /// A packet was taken, or a frame given.
        case done
        /// Nothing can be given before the next packet.
        case needsPacket
        /// Everything has been given.
        case isDrained
        /// A packet could not be decoded; the next may.
        case failed(Int32)
    }

    private var context: UnsafeMutablePointer<AVCodecContext>?
    private let deinterlacer: Deinterlacer?

    /// Opens the decoder for a stream.
    init(_ stream: UnsafeMutablePointer<AVStream>, _ options: VideoOptions) throws(PenstockError) {
        let isWhole = options.sampling.choice != .keyframes
        deinterlacer = options.deinterlaces ? try Deinterlacer(hasNeighbors: isWhole) : nil
        // The stream belongs to a demuxer that outlives this call; the decoder copies its parameters.
        let parameters = unsafe stream.pointee.codecpar!
        let name = unsafe Self.name(parameters.pointee)
        guard let codec = unsafe avcodec_find_decoder(parameters.pointee.codec_id) else { throw .noDecoder(name) }
        unsafe context = avcodec_alloc_context3(codec)
        guard let context = unsafe context else { throw .noMemoryForVideo }
        unsafe avcodec_parameters_to_context(context, parameters)
        unsafe context.pointee.pkt_timebase = stream.pointee.time_base
        unsafe context.pointee.max_pixels = Int64(options.maxPixels)
        unsafe context.pointee.thread_count = Int32(clamping: max(1, options.threads))
        unsafe context.pointee.thread_type = options.isLowDelay ? FF_THREAD_SLICE : FF_THREAD_FRAME | FF_THREAD_SLICE
        // Where frames are stored out of order, some decoders would give them out so; AV1's is only made not to wait.
        let isInOrder = unsafe parameters.pointee.video_delay == 0 || codec.pointee.id == AV_CODEC_ID_AV1
        if options.isLowDelay, isInOrder { unsafe context.pointee.flags |= AV_CODEC_FLAG_LOW_DELAY }
        let status = unsafe avcodec_open2(context, codec, nil)
        guard status >= 0 else { throw .decoderRefused(name, status) }
    }

    deinit {
        // The context is this object's own; frames keep what they need of it alive.
        unsafe avcodec_free_context(&context)
    }
}

extension FrameDecoder {
    /// The codec's name, or the mark by which the container calls one that FFmpeg has never heard of.
    private static func name(_ parameters: AVCodecParameters) -> String {
        // Names are constants of the library, ended by a NUL.
        if unsafe parameters.codec_id != AV_CODEC_ID_NONE {
            return unsafe String(cString: avcodec_get_name(parameters.codec_id))
        }
        let tag = unsafe parameters.codec_tag.littleEndian
        let letters = (0..<4).map { UInt8(truncatingIfNeeded: tag >> ($0 * 8)) }
        return "\"\(String(decoding: letters.filter { (0x20..<0x7F).contains($0) }, as: UTF8.self))\""
    }

    /// Gives the decoder a packet; `nil` tells it that none follows, so that it gives out what it holds back.
    func send(_ packet: UnsafeMutablePointer<AVPacket>?) -> Outcome {
        outcome(unsafe avcodec_send_packet(context, packet))
    }

    /// Takes the next frame in the order in which frames are shown.
    func receive(into frame: UnsafeMutablePointer<AVFrame>) -> Outcome {
        guard let deinterlacer else { return unsafe receiveDecoded(into: frame) }
        // What nobody wanted of the last step may still be in it, and filters want an empty frame.
        unsafe av_frame_unref(frame)
        do throws(PenstockError) {
            // The frame is empty again after each step that takes its content away.
            while true {
                if try unsafe deinterlacer.take(into: frame) { return .done }
                let outcome = unsafe receiveDecoded(into: frame)
                guard outcome == .done else { return try unsafe end(outcome, deinterlacer, into: frame) }
                try unsafe deinterlacer.add(frame)
            }
        } catch {
            unsafe av_frame_unref(frame)
            return .failed(error.status ?? penstock_av_error_invalid_data)
        }
    }

    /// Forgets everything, to begin anew at a keyframe.
    func flush() {
        unsafe avcodec_flush_buffers(context)
        deinterlacer?.reset()
    }

    /// Whether the decoder may pass over the packets that follow if no other frame needs theirs.
    ///
    /// Deinterlacing needs every frame: each is woven with its neighbours.
    func passesOverUnneeded(_ isAllowed: Bool) {
        unsafe context!.pointee.skip_frame = isAllowed && deinterlacer == nil ? AVDISCARD_NONREF : AVDISCARD_DEFAULT
    }

    private func receiveDecoded(into frame: UnsafeMutablePointer<AVFrame>) -> Outcome {
        outcome(unsafe avcodec_receive_frame(context, frame))
    }

    /// What to say when the decoder has no frame: at its end the deinterlacer still holds one.
    private func end(
        _ outcome: Outcome,
        _ deinterlacer: Deinterlacer,
        into frame: UnsafeMutablePointer<AVFrame>
    ) throws(PenstockError) -> Outcome {
        guard outcome == .isDrained else { return outcome }
        try deinterlacer.close()
        return try unsafe deinterlacer.take(into: frame) ? .done : .isDrained
    }

    private func outcome(_ status: Int32) -> Outcome {
        switch status {
        case 0...: .done
        case penstock_av_error(EAGAIN): .needsPacket
        case penstock_av_error_eof: .isDrained
        default: .failed(status)
        }
    }
}
