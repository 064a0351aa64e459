internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

extension VideoDescription {
    /// Collects what a container says of its pictures.
    init(
        _ context: UnsafeMutablePointer<AVFormatContext>,
        _ stream: UnsafeMutablePointer<AVStream>,
        hasTimes: Bool
    ) {
        self.init()
        // Both outlive this call, and so do the parameters in them.
        let parameters = unsafe stream.pointee.codecpar.pointee
        let orientation = unsafe Orientation(of: stream)
        container = unsafe String(cString: context.pointee.iformat.pointee.name)
        codec = unsafe String(cString: avcodec_get_name(parameters.codec_id))
        pixelFormat = unsafe name(av_get_pix_fmt_name(AVPixelFormat(parameters.format))) ?? "unknown"
        color = unsafe Self.color(parameters)
        unsafe size = orientation.upright(ImageSize(width: Int(parameters.width), height: Int(parameters.height)))
        rotation = orientation.degrees
        isInterlaced = unsafe parameters.field_order.rawValue > AV_FIELD_PROGRESSIVE.rawValue
        audioCodec = unsafe Self.audioCodec(context)
        unsafe takeTimes(context, stream, hasTimes: hasTimes)
    }

    private mutating func takeTimes(
        _ context: UnsafeMutablePointer<AVFormatContext>,
        _ stream: UnsafeMutablePointer<AVStream>,
        hasTimes: Bool
    ) {
        unsafe frameCount = Self.frameCount(stream, in: container)
        guard hasTimes else { return }
        claimedRate = unsafe stream.pointee.avg_frame_rate.value ?? stream.pointee.r_frame_rate.value
        // There it may be a rate of fields, and nothing says which.
        if container == "avi", codec == "h264" { claimedRate = nil }
        let clock = unsafe StreamClock(context, stream.pointee)
        start = clock.start
        let length = unsafe stream.pointee.duration
        if length != penstock_av_no_time, length > 0 {
            duration = clock.time(length)
        } else if unsafe context.pointee.duration > 0, unsafe context.pointee.duration != penstock_av_no_time {
            duration = unsafe .microseconds(context.pointee.duration)
        }
    }

    /// How many frames are shown, as far as the container has counted them.
    ///
    /// An index of MP4 lists each frame, and marks those that an edit list leaves out. That of AVI lists frames without
    /// content too.
    private static func frameCount(_ stream: UnsafeMutablePointer<AVStream>, in container: String) -> Int? {
        let counted = unsafe Int(stream.pointee.nb_frames)
        guard counted > 0 else { return nil }
        let listed = unsafe avformat_index_get_entries_count(stream)
        let entries = (0..<listed).lazy.compactMap { index in
            // `index` is below the number of entries.
            unsafe avformat_index_get_entry(stream, index)?.pointee
        }
        if container.hasPrefix("mov,"), listed > 0 {
            return entries.count { $0.flags & AVINDEX_DISCARD_FRAME == 0 }
        }
        // Some programs count fields in the header; without its index, a file that is cut short has no other count.
        let isIndexed = listed >= counted / 2
        return isIndexed ? entries.count { $0.size > 0 } : counted
    }

    /// The first sound's codec.
    private static func audioCodec(_ context: UnsafeMutablePointer<AVFormatContext>) -> String? {
        for index in 0..<Int(unsafe context.pointee.nb_streams) {
            // `index` is below the number of streams.
            guard let parameters = unsafe context.pointee.streams[index]?.pointee.codecpar.pointee,
                unsafe parameters.codec_type == AVMEDIA_TYPE_AUDIO
            else { continue }
            return unsafe String(cString: avcodec_get_name(parameters.codec_id))
        }
        return nil
    }

    private static func color(_ parameters: AVCodecParameters) -> String {
        let matrix =
            unsafe parameters.color_space == AVCOL_SPC_UNSPECIFIED
            ? "unspecified" : unsafe name(av_color_space_name(parameters.color_space)) ?? "unknown"
        switch unsafe parameters.color_range {
        case AVCOL_RANGE_MPEG: return matrix + " limited"
        case AVCOL_RANGE_JPEG: return matrix + " full"
        default: return matrix
        }
    }
}

/// A name that the library keeps.
private func name(_ text: UnsafePointer<CChar>?) -> String? {
    // Names are constants of the library, ended by a NUL.
    unsafe text.map { unsafe String(cString: $0) }
}

extension AVRational {
    fileprivate var value: Double? {
        num > 0 && den > 0 ? Double(num) / Double(den) : nil
    }
}

extension StreamClock {
    /// The clock of a stream, whose zero is the first moment of the whole file.
    init(_ context: UnsafeMutablePointer<AVFormatContext>, _ stream: AVStream) {
        let base = unsafe stream.time_base
        let unanchored = StreamClock(numerator: base.num, denominator: base.den)
        let (file, own) = unsafe (context.pointee.start_time, stream.start_time)
        var start = file == penstock_av_no_time ? .zero : Duration.microseconds(file)
        // The file's figure is rounded to a microsecond; where it is this stream's, the stream knows it exactly.
        if own != penstock_av_no_time, abs(unanchored.time(own) - start) <= .microseconds(1) {
            start = unanchored.time(own)
        }
        self.init(numerator: base.num, denominator: base.den, start: start)
    }
}

private func abs(_ duration: Duration) -> Duration {
    duration < .zero ? .zero - duration : duration
}

extension Orientation {
    /// The orientation that a stream asks for.
    init(of stream: UnsafeMutablePointer<AVStream>) {
        var size = 0
        // The data belongs to the stream, and is only read here.
        let data = unsafe av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size)
        self = unsafe Orientation(displayMatrix: data.map { unsafe UnsafePointer($0) }, count: size) ?? .upright
    }
}
