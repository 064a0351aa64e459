import CFFmpeg
import PenstockCore

/// The decoding of one still: a codec opened, fed one packet, and closed.
struct StillDecoding {
    let format: PictureFormat
    let header: StillHeader
    let options: DecodeOptions
    let byteCount: Int
    /// The layout that the sink asks for, where the container told before decoding what the picture holds.
    var wish: PixelLayout?

    /// Decodes the packet's picture into `frame`.
    func decode(
        _ packet: UnsafeMutablePointer<AVPacket>,
        by codec: AVCodecID,
        parameters: UnsafeMutablePointer<AVCodecParameters>?,
        into frame: UnsafeMutablePointer<AVFrame>
    ) throws(PenstockError) {
        var context = try unsafe open(codec, parameters)
        // The context is this call's own; the frame keeps what it needs of it alive.
        defer { unsafe avcodec_free_context(&context) }
        var status = unsafe avcodec_send_packet(context, packet)
        if status >= 0 { status = unsafe avcodec_receive_frame(context, frame) }
        if status == penstock_av_error(EAGAIN) {
            // Some decoders hold a picture back until they are told that none follows.
            status = unsafe avcodec_send_packet(context, nil)
            if status >= 0 { status = unsafe avcodec_receive_frame(context, frame) }
        }
        guard status >= 0 else { throw error(status) }
        let flags = unsafe (frame.pointee.flags & AV_FRAME_FLAG_CORRUPT, frame.pointee.decode_error_flags)
        if flags != (0, 0) || isDamaged, !options.allowTruncated {
            unsafe av_frame_unref(frame)
            throw error(0)
        }
    }

    /// What the picture is, once decoded.
    func info(of stored: ImageSize) -> PictureInfo {
        var info = PictureInfo(
            size: header.orientation.upright(stored),
            format: format,
            orientation: header.orientation
        )
        let message = FFmpegLog.message
        info.truncated = !header.isWhole || lacksRows
        info.warning = message.isEmpty ? header.damage : message
        return info
    }
}

extension StillDecoding {
    private func open(
        _ codec: AVCodecID,
        _ parameters: UnsafeMutablePointer<AVCodecParameters>?
    ) throws(PenstockError) -> UnsafeMutablePointer<AVCodecContext>? {
        // Decoders are constants of the library.
        guard let decoder = unsafe avcodec_find_decoder(codec) else {
            throw .unsupported(format, "this FFmpeg has no decoder for it")
        }
        var context = unsafe avcodec_alloc_context3(decoder)
        guard unsafe context != nil else { throw .outOfMemory(bytes: byteCount) }
        if let parameters = unsafe parameters { unsafe avcodec_parameters_to_context(context, parameters) }
        // The context is this call's own until it is returned.
        unsafe context!.pointee.max_pixels = Int64(options.maxPixels)
        unsafe context!.pointee.thread_count = 1
        if options.allowTruncated {
            unsafe context!.pointee.flags |= AV_CODEC_FLAG_OUTPUT_CORRUPT
        } else if format != .tiff, format != .png {
            // These two would fail at a private tag or a broken colour profile; real damage is found in other ways.
            unsafe context!.pointee.err_recognition |= AV_EF_EXPLODE
        }
        let status = unsafe avcodec_open2(context, decoder, nil)
        guard status >= 0 else {
            unsafe avcodec_free_context(&context)
            throw error(status)
        }
        return unsafe context
    }

    /// Whether a PNG's chunks are all there, but not the rows that they should hold.
    private var lacksRows: Bool { format == .png && FFmpegLog.message.hasPrefix("IEND without all image") }

    /// Whether FFmpeg complained of data that its decoder then passed over.
    private var isDamaged: Bool {
        switch format {
        case .gif, .tiff, .webp, .bmp: !FFmpegLog.message.isEmpty
        default: lacksRows
        }
    }

    /// The error for a status of FFmpeg's, with what its log says.
    private func error(_ status: Int32) -> PenstockError {
        let reason = FFmpegLog.message
        if status == penstock_av_error(ENOMEM) { return .outOfMemory(bytes: byteCount) }
        let isUnknown = status == penstock_av_error_patch_welcome || status == penstock_av_error(ENOSYS)
        if isUnknown || reason.contains("not supported") || reason.contains("nsupported") {
            return .unsupported(format, reason, status: status)
        }
        if reason.hasPrefix("Picture size") {
            let message = "The \(format) is too large: \(reason). If that is what you expect of it, raise --max-pixels."
            return PenstockError(.tooLarge, at: .decode, message, status: status)
        }
        return header.isWhole && !lacksRows
            ? .corrupt(format, reason, status: status) : .hopeless(format, bytes: byteCount)
    }
}
