internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// The sound of a file, read beside its pictures by a demuxer of its own. One thread uses it.
@safe final class SourceSound {
    private var context: UnsafeMutablePointer<AVFormatContext>?
    private var stream: UnsafeMutablePointer<AVStream>?

    /// Opens a file's best stream of sound; `nil` where there is none that could be read.
    init?(_ path: FilePath) {
        FFmpegLog.clear()
        let url = FilePath(bytes: Array("file:".utf8) + path.bytes)
        // On failure the call leaves no context.
        guard unsafe url.withCString({ unsafe avformat_open_input(&context, $0, nil, nil) }) >= 0 else { return nil }
        guard unsafe avformat_find_stream_info(context, nil) >= 0 else { return nil }
        let best = unsafe av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, nil, 0)
        guard best >= 0 else { return nil }
        for index in 0..<Int(unsafe context!.pointee.nb_streams) where index != Int(best) {
            // `index` is below the number of streams. What is discarded is not even read where the format allows.
            unsafe context!.pointee.streams[index]!.pointee.discard = AVDISCARD_ALL
        }
        unsafe stream = context!.pointee.streams[Int(best)]
    }

    deinit {
        // The context is this object's own, and its streams are the context's.
        unsafe avformat_close_input(&context)
    }

    /// How the sound is coded; valid as long as this object.
    var parameters: UnsafeMutablePointer<AVCodecParameters> { unsafe stream!.pointee.codecpar }

    /// The unit of its packets' times.
    var timeBase: AVRational { unsafe stream!.pointee.time_base }

    /// Goes to a time or a little before, as far as the file allows.
    func seek(to time: Duration) {
        let ticks = av_rescale_q(Int64(time / .microseconds(1)), penstock_av_microseconds, timeBase)
        // What cannot be sought is read from its beginning, and what is too early left out.
        unsafe _ = av_seek_frame(context, stream!.pointee.index, ticks, AVSEEK_FLAG_BACKWARD)
    }

    /// Reads the next packet into an empty one; `false` at the end, and where nothing more can be read.
    func read(into packet: UnsafeMutablePointer<AVPacket>) -> Bool {
        while unsafe av_read_frame(context, packet) >= 0 {
            // The packet is the caller's, and holds references of its own.
            if unsafe packet.pointee.stream_index == stream!.pointee.index { return true }
            unsafe av_packet_unref(packet)
        }
        return false
    }
}
