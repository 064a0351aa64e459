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
            let status = unsafe av_read_frame(context, packet)
            if status == penstock_av_error(EAGAIN), !patience.isOver {
                // A camera that has nothing yet, asked without waiting so that it cannot hold the thread.
                usleep(1000)
                continue
            }
            guard status >= 0 else { return outcome(status) }
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

    /// Whether the format carries times.
    var hasTimes: Bool { unsafe context!.pointee.iformat.pointee.flags & AVFMT_NOTIMESTAMPS == 0 }
}

extension Demuxer {
    /// How the stream's ticks become times.
    var clock: StreamClock { unsafe StreamClock(context!, stream.pointee) }

    /// How the stream's frames are coded.
    var codec: AVCodecID { unsafe stream.pointee.codecpar.pointee.codec_id }

    /// How the stream's frames are turned to stand upright.
    var orientation: Orientation { unsafe Orientation(of: stream) }

    /// Collects what the container says of its pictures.
    func describe() -> VideoDescription {
        unsafe VideoDescription(context!, stream, hasTimes: hasTimes)
    }
}
