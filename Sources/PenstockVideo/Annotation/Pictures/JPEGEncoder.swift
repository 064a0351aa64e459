internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// Encodes frames as JPEG of about quality 90. One thread uses it.
@safe final class JPEGEncoder {
    private var context: UnsafeMutablePointer<AVCodecContext>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    /// The encoder insists on times that rise.
    private var count: Int64 = 0

    init() {}

    deinit {
        // Both are this object's own.
        unsafe av_packet_free(&packet)
        unsafe avcodec_free_context(&context)
    }

    /// The finest steps that FFmpeg's encoder has short of none at all; libjpeg's quality of 90 comes out as large.
    private static let scale = 2 * FF_QP2LAMBDA

    /// The bytes of a JPEG file with the picture in `frame`, which is in `yuvj420p`.
    func encode(_ frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) -> [UInt8] {
        FFmpegLog.clear()
        try unsafe prepare(frame)
        count += 1
        unsafe frame.pointee.pts = count
        unsafe frame.pointee.quality = Self.scale
        unsafe frame.pointee.pict_type = AV_PICTURE_TYPE_NONE
        try check(unsafe avcodec_send_frame(context, frame))
        // The packet is this object's own, and is emptied by the call that fills it.
        try check(unsafe avcodec_receive_packet(context, packet))
        defer { unsafe av_packet_unref(packet) }
        return unsafe Array(UnsafeBufferPointer(start: packet!.pointee.data, count: Int(packet!.pointee.size)))
    }

    /// Opens the encoder for frames of this size, unless it is.
    private func prepare(_ frame: UnsafeMutablePointer<AVFrame>) throws(PenstockError) {
        let (width, height) = unsafe (frame.pointee.width, frame.pointee.height)
        if let context = unsafe context, unsafe context.pointee.width == width, unsafe context.pointee.height == height
        {
            return
        }
        // The old context is given up; codecs are constants of the library.
        unsafe avcodec_free_context(&context)
        unsafe av_packet_free(&packet)
        let codec = unsafe avcodec_find_encoder(AV_CODEC_ID_MJPEG)
        let made = unsafe avcodec_alloc_context3(codec)
        unsafe packet = av_packet_alloc()
        unsafe context = made
        guard unsafe codec != nil, let made = unsafe made, unsafe packet != nil else {
            throw .outOfMemory(bytes: 0)
        }
        unsafe made.pointee.width = width
        unsafe made.pointee.height = height
        unsafe made.pointee.pix_fmt = AV_PIX_FMT_YUVJ420P
        unsafe made.pointee.color_range = AVCOL_RANGE_JPEG
        unsafe made.pointee.time_base = AVRational(num: 1, den: 1)
        unsafe made.pointee.thread_count = 1
        unsafe made.pointee.flags |= AV_CODEC_FLAG_QSCALE
        unsafe made.pointee.global_quality = Self.scale
        let status = unsafe avcodec_open2(made, codec, nil)
        if status < 0 { unsafe avcodec_free_context(&context) }
        try check(status)
    }

    private func check(_ status: Int32) throws(PenstockError) {
        guard status < 0 else { return }
        let reason = FFmpegWords.latest(status)
        throw PenstockError(
            .unsupported,
            at: .write,
            "The annotated picture could not be encoded as JPEG, which takes 65,500 pixels a side: \(reason).",
            status: status
        )
    }
}
