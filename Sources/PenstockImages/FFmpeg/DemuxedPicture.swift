import CFFmpeg
import PenstockCore

/// A picture that one of FFmpeg's demuxers recognises in memory.
@safe final class DemuxedPicture {
    private let memory: UnsafeMutablePointer<penstock_av_memory>
    private var input: UnsafeMutablePointer<AVIOContext>?
    private var context: UnsafeMutablePointer<AVFormatContext>?
    private var packet: UnsafeMutablePointer<AVPacket>?
    private var stream: UnsafeMutablePointer<AVStream>?

    /// The format, by the demuxer's name if the content did not tell.
    let format: PictureFormat
    /// Whether the demuxer only names the codec, and the file is one packet.
    let takesWholeFile: Bool

    /// Opens the picture in `data`, which must outlive this object.
    init(_ data: UnsafeRawBufferPointer, _ known: PictureFormat?) throws(PenstockError) {
        let bytes = unsafe data.assumingMemoryBound(to: UInt8.self)
        // The span does not outlive `data`; the struct is freed with this object.
        let unknown = unsafe NotAPicture.unknown(bytes.span)
        let demuxer = try unsafe Self.demuxer(for: data, known, unknown)
        let name = unsafe String(cString: demuxer.pointee.name)
        takesWholeFile = name.hasSuffix("_pipe")
        format = known ?? .other(name.split(separator: "_").first.map(String.init) ?? name)
        unsafe memory = .allocate(capacity: 1)
        unsafe memory.initialize(
            to: penstock_av_memory(bytes: bytes.baseAddress, count: Int64(bytes.count), position: 0)
        )
        unsafe input = penstock_av_memory_open(memory)
        unsafe context = avformat_alloc_context()
        guard unsafe input != nil, unsafe context != nil else { throw .outOfMemory(bytes: data.count) }
        unsafe context!.pointee.pb = input
        // On failure the call frees the context and clears it.
        let status = unsafe avformat_open_input(&context, nil, demuxer, nil)
        guard status >= 0 else { throw failure(status) }
        unsafe stream = Self.largestPicture(in: context!, bytes.span)
        guard unsafe stream != nil else { throw known == nil ? unknown : failure(0) }
    }

    deinit {
        // Everything here is this object's own, and is freed in the order of its use.
        unsafe av_packet_free(&packet)
        unsafe avformat_close_input(&context)
        unsafe penstock_av_memory_close(input)
        unsafe memory.deallocate()
    }

    /// How the picture is coded.
    var parameters: UnsafeMutablePointer<AVCodecParameters> {
        unsafe stream!.pointee.codecpar
    }

    /// The codec.
    var codec: AVCodecID {
        unsafe parameters.pointee.codec_id
    }

    /// The picture's packet, valid as long as this object.
    func read() throws(PenstockError) -> UnsafeMutablePointer<AVPacket> {
        unsafe packet = av_packet_alloc()
        guard let packet = unsafe packet else { throw .outOfMemory(bytes: 0) }
        while true {
            // The packet is this object's own, and is emptied before it is filled again.
            let status = unsafe av_read_frame(context, packet)
            guard status >= 0 else { throw failure(status) }
            if unsafe packet.pointee.stream_index == stream!.pointee.index { return unsafe packet }
            unsafe av_packet_unref(packet)
        }
    }
}

extension DemuxedPicture {
    /// The error for a demuxer that gave up; of HEIF's many kinds FFmpeg reads few.
    private func failure(_ status: Int32) -> PenstockError {
        let said = FFmpegLog.message
        if format == .heif {
            return .unsupported(.heif, said.isEmpty ? "FFmpeg finds no picture" : said, status: status)
        }
        return .corrupt(format, said, status: status)
    }

    /// The demuxer that recognises the bytes, if it is one for pictures.
    private static func demuxer(
        for data: UnsafeRawBufferPointer,
        _ known: PictureFormat?,
        _ unknown: PenstockError
    ) throws(PenstockError) -> UnsafePointer<AVInputFormat> {
        let padding = Int(AVPROBE_PADDING_SIZE)
        let head = min(data.count, 64 << 10)
        var copy = unsafe [UInt8](data.prefix(head)) + [UInt8](repeating: 0, count: padding)
        var score: Int32 = 0
        let found = unsafe copy.withUnsafeMutableBufferPointer { buffer in
            // The probe reads `head` bytes of a copy that has the padding it asks for.
            unsafe penstock_av_probe(buffer.baseAddress, Int32(head), &score)
        }
        guard let found = unsafe found, score > AVPROBE_SCORE_MAX / 4 else { throw unknown }
        let name = unsafe String(cString: found.pointee.name)
        if name.hasSuffix("_pipe") || name == "ico" || known != nil { return unsafe found }
        throw score > AVPROBE_SCORE_MAX / 2 ? NotAPicture.media(name) : unknown
    }

    /// The video stream with the most pixels: icons hold several sizes.
    private static func largestPicture(
        in context: UnsafeMutablePointer<AVFormatContext>,
        _ file: Span<UInt8>
    ) -> UnsafeMutablePointer<AVStream>? {
        var best: UnsafeMutablePointer<AVStream>?
        var most = -1
        for index in 0..<Int(unsafe context.pointee.nb_streams) {
            // `index` is below the number of streams.
            guard let stream = unsafe context.pointee.streams[index] else { continue }
            let parameters = unsafe stream.pointee.codecpar.pointee
            guard unsafe parameters.codec_type == AVMEDIA_TYPE_VIDEO else { continue }
            let stated = unsafe Int(parameters.width) * Int(parameters.height)
            let pixels = stated > 0 ? stated : iconPixels(file, index)
            if pixels > most { unsafe (best, most) = (stream, pixels) }
        }
        return unsafe best
    }

    /// The pixels of an icon's picture by its directory: the demuxer does not tell those of pictures kept as PNG.
    private static func iconPixels(_ file: Span<UInt8>, _ index: Int) -> Int {
        guard let width = file.byte(at: 6 + 16 * index), let height = file.byte(at: 7 + 16 * index) else { return 0 }
        return (width == 0 ? 256 : Int(width)) * (height == 0 ? 256 : Int(height))
    }
}
