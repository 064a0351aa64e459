internal import CFFmpeg
internal import Glibc
internal import PenstockCore
internal import PenstockImages

/// Reads the packets of a video's pictures from a file, a pipe, the network or a camera.
@safe final class Demuxer {
    /// How a read ended.
    enum Outcome {
        case packet
        case end
        case failed(Int32)
        /// No bytes came in time.
        case stalled
        /// Somebody asked for it.
        case stopped
    }

    let patience: ReadPatience
    let location: VideoLocation
    private let pipe: DescriptorInput?
    private(set) var context: UnsafeMutablePointer<AVFormatContext>?
    /// Whether the demuxer has found damage since somebody last asked.
    private var hasComplained = false
    /// The stream of pictures.
    private(set) var stream: UnsafeMutablePointer<AVStream>

    /// Opens a video and finds its pictures.
    init(
        _ location: VideoLocation,
        _ options: VideoOptions,
        stopping: CancellationFlag
    ) throws(PenstockError) {
        let opening = try VideoOpening(location, options, ReadPatience(timeout: options.timeout, stopping: stopping))
        var opened = try unsafe opening.open()
        self.location = location
        patience = opening.patience
        pipe = opening.pipe
        do throws(PenstockError) {
            try unsafe opening.examine(opened!)
            unsafe stream = try StreamChoice.pictures(in: opened!)
        } catch {
            // Nobody else knows of the context yet.
            unsafe avformat_close_input(&opened)
            throw error
        }
        unsafe context = opened
        unsafe StreamChoice.discardAll(but: stream, in: context!)
    }

    deinit {
        // The context is this object's own; the pipe it reads is freed after it.
        patience.restart()
        unsafe avformat_close_input(&context)
    }
}

extension Demuxer {
    /// Reads the next packet of the pictures; what was in `packet` is let go of.
    func read(into packet: UnsafeMutablePointer<AVPacket>) -> Outcome {
        patience.restart()
        while true {
            // The packet is the caller's, and is emptied before it is filled again.
            unsafe av_packet_unref(packet)
            FFmpegLog.clear()
            let status = unsafe av_read_frame(context, packet)
            if status == penstock_av_error(EAGAIN), !patience.isOver {
                // A camera that has nothing yet, asked without waiting so that it cannot hold the thread.
                usleep(1000)
                continue
            }
            // The message is a NUL-terminated variable of this thread.
            if unsafe penstock_av_log_message().pointee != 0 { hasComplained = true }
            guard status >= 0 else { return outcome(status) }
            if unsafe packet.pointee.flags & AV_PKT_FLAG_CORRUPT != 0 { hasComplained = true }
            // An empty packet would tell the decoder that the video is over.
            if unsafe packet.pointee.stream_index == stream.pointee.index, unsafe packet.pointee.size > 0 {
                return .packet
            }
            if patience.isStopped { return .stopped }
        }
    }

    private func outcome(_ status: Int32) -> Outcome {
        if patience.isStopped { return .stopped }
        let looksLikeEnd = status == penstock_av_error_eof
        if looksLikeEnd, !isFailedEnd { return .end }
        let failure = looksLikeEnd ? unsafe context!.pointee.pb.pointee.error : status
        // A demuxer may first give what it had kept back, and only the next read says that the one before was cut short.
        return patience.isOver || failure == penstock_av_error_exit ? .stalled : .failed(failure)
    }

    /// Whether what looks like the end is a failure of the file or the network below.
    private var isFailedEnd: Bool {
        guard let input = unsafe context!.pointee.pb else { return false }
        let error = unsafe input.pointee.error
        return error < 0 && error != penstock_av_error_eof
    }

    /// Whether no more bytes come from below, so that a packet can only be one that had been kept back.
    var hasRunDry: Bool {
        guard let input = unsafe context!.pointee.pb else { return false }
        return unsafe input.pointee.eof_reached != 0 || input.pointee.error < 0
    }

    /// Whether the video carries times.
    var hasTimes: Bool {
        // The format is a constant of the library, and the stream belongs to the context.
        let format = unsafe context!.pointee.iformat.pointee
        let isBare = unsafe format.raw_codec_id != 0 && stream.pointee.start_time == penstock_av_no_time
        return unsafe format.flags & AVFMT_NOTIMESTAMPS == 0 && !isBare
    }
}

extension Demuxer {
    /// Whether the demuxer has found damage since this was last asked.
    func takeComplaint() -> Bool {
        defer { hasComplained = false }
        return hasComplained
    }

    /// Whether the two fields of a frame may lie in packets of their own.
    var storesFields: Bool {
        let order = unsafe stream.pointee.codecpar.pointee.field_order
        return codec == AV_CODEC_ID_H264 && order.rawValue > AV_FIELD_PROGRESSIVE.rawValue
    }

    /// How the stream's ticks become times.
    var clock: StreamClock { unsafe StreamClock(context!, stream.pointee) }

    /// How the stream's frames are coded.
    var codec: AVCodecID { unsafe stream.pointee.codecpar.pointee.codec_id }

    /// How the stream's frames are turned to stand upright.
    var orientation: Orientation { unsafe Orientation(of: stream) }

    /// Whether the bytes can be read in any order.
    var isSeekable: Bool {
        // The context is this object's own.
        unsafe (context!.pointee.pb?.pointee.seekable ?? 0) & AVIO_SEEKABLE_NORMAL != 0
    }

    /// Where groups of frames begin, if the container lists every frame and can be read in any order.
    var groupIndex: GroupIndex? {
        // Only the demuxer of MP4 and QuickTime lists all frames with their places.
        let name = unsafe String(cString: context!.pointee.iformat.pointee.name)
        return unsafe GroupIndex(stream, isComplete: name.hasPrefix("mov,") && isSeekable)
    }

    /// Goes to the keyframe at or before a tick, as packets are stored; the least number is the beginning.
    func seek(to ticks: Int64) -> Bool {
        patience.restart()
        // The context is this object's own, and the stream one of its streams.
        let first = unsafe avformat_index_get_entry(stream, 0)?.pointee.timestamp ?? 0
        let target = max(ticks, first)
        return unsafe av_seek_frame(context, stream.pointee.index, target, AVSEEK_FLAG_BACKWARD) >= 0
    }

    /// Collects what the container says of its pictures.
    func describe() -> VideoDescription {
        unsafe VideoDescription(context!, stream, hasTimes: hasTimes)
    }
}
