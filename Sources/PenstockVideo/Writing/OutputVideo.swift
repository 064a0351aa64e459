internal import CFFmpeg
internal import Glibc
internal import PenstockCore
internal import PenstockImages

/// A file of video that appears under its name when it is whole; until then it lies beside it as `NAME.partial`.
///
/// One thread uses it. Where it is not finished, nothing is left of it.
@safe final class OutputVideo {
    private let path: FilePath
    private let partial: FilePath
    private let container: VideoContainer
    private var context: UnsafeMutablePointer<AVFormatContext>?
    private var isFinished = false
    /// Open for as long as nobody else may write the unfinished file.
    private let lock: Int32

    /// Creates the file beside its place.
    init(_ path: FilePath, _ container: VideoContainer) throws(PenstockError) {
        self.path = path
        self.container = container
        partial = PartialFile.path(of: path)
        let taken = PenstockError(
            .inputOutput,
            at: .write,
            "Another penstock is writing \(path); let it end, or name another file."
        )
        lock = try PartialFile.open(for: path, taken: taken)
        FFmpegLog.clear()
        // `file:` keeps colons in the name from being read as a protocol. The muxer opens the same name once more to
        // move the index to the front.
        let url = FilePath(bytes: Array("file:".utf8) + partial.bytes)
        let status = unsafe url.withCString { url in
            let made = unsafe avformat_alloc_output_context2(&context, nil, container.muxer, url)
            return unsafe made < 0 ? made : avio_open2(&context!.pointee.pb, url, AVIO_FLAG_WRITE, nil, nil)
        }
        try check(status)
        // FFmpeg calls FLAC in MP4 an experiment; browsers play it.
        unsafe context!.pointee.strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL
    }

    deinit {
        // The context and its open file are this object's own.
        close()
        unsafe avformat_free_context(context)
        if !isFinished { _ = unsafe partial.withCString { unsafe unlink($0) } }
        _ = Glibc.close(lock)
    }

    /// Adds a stream like an encoder's or a source's, and returns its number. Streams come before the first packet.
    func addStream(
        _ parameters: UnsafePointer<AVCodecParameters>,
        timeBase: AVRational
    ) throws(PenstockError) -> Int32 {
        // The new stream belongs to the context, and the parameters are copied into it.
        guard let stream = unsafe avformat_new_stream(context, nil) else { throw .outOfMemory(bytes: 0) }
        try check(unsafe avcodec_parameters_copy(stream.pointee.codecpar, parameters))
        // The source's tag is of its own container.
        unsafe stream.pointee.codecpar.pointee.codec_tag = 0
        unsafe stream.pointee.time_base = timeBase
        unsafe stream.pointee.sample_aspect_ratio = stream.pointee.codecpar.pointee.sample_aspect_ratio
        return unsafe stream.pointee.index
    }

    /// Writes what comes before the first packet.
    func start() throws(PenstockError) {
        FFmpegLog.clear()
        var options: OpaquePointer?
        // The index goes in front, so that players on the network begin at once; Matroska has no such option.
        defer { unsafe av_dict_free(&options) }
        if container != .mkv { unsafe av_dict_set(&options, "movflags", "+faststart", 0) }
        try check(unsafe avformat_write_header(context, &options))
    }

    /// Writes a packet whose times count in `timeBase`, and empties it.
    func write(
        _ packet: UnsafeMutablePointer<AVPacket>,
        to stream: Int32,
        timeBase: AVRational
    ) throws(PenstockError) {
        // The packet is the caller's; the muxer copies what it keeps.
        defer { unsafe av_packet_unref(packet) }
        FFmpegLog.clear()
        unsafe packet.pointee.stream_index = stream
        unsafe av_packet_rescale_ts(packet, timeBase, context!.pointee.streams[Int(stream)]!.pointee.time_base)
        unsafe packet.pointee.pos = -1
        try check(unsafe av_write_frame(context, packet))
    }

    /// Writes what comes after the last packet, and gives the file its name; tells how many bytes it has.
    func finish() throws(PenstockError) -> Int {
        FFmpegLog.clear()
        try check(unsafe av_write_trailer(context))
        try check(unsafe context!.pointee.pb.pointee.error)
        try check(close())
        // Synchronising one descriptor puts the whole file on the disk, whoever wrote it.
        try PartialFile.complete(lock, as: path)
        isFinished = true
        if case .regular(let bytes) = FileSystem.kind(path) { return bytes }
        return 0
    }
}

extension OutputVideo {
    /// Closes the file; says what the last bytes met with.
    @discardableResult
    private func close() -> Int32 {
        guard unsafe context != nil else { return 0 }
        // Closing clears the pointer, so that a second call does nothing.
        return unsafe avio_closep(&context!.pointee.pb)
    }

    private func check(_ status: Int32) throws(PenstockError) {
        guard status < 0 else { return }
        // Small numbers are the system's own, and FFmpeg's are made of letters.
        if status > -4096, status != penstock_av_error(EINVAL) { throw SystemFailure.writing(path, -status) }
        let reason = FFmpegWords.latest(status)
        throw PenstockError(.inputOutput, at: .write, "\(path) could not be written: \(reason).", status: status)
    }
}
