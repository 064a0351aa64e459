internal import CFFmpeg
internal import PenstockCore
internal import PenstockImages

/// The opening of a video: which demuxer, which protocols it may speak, and how it is told to be quick.
@safe struct VideoOpening {
    let location: VideoLocation
    let options: VideoOptions
    let patience: ReadPatience
    /// What bytes come through where they do not come from a regular file or an address.
    let pipe: DescriptorInput?

    init(_ location: VideoLocation, _ options: VideoOptions, _ patience: ReadPatience) throws(PenstockError) {
        self.location = location
        self.options = options
        self.patience = patience
        pipe = try Self.pipe(for: location, patience)
    }

    /// Opens the container; the context is the caller's to close.
    func open() throws(PenstockError) -> UnsafeMutablePointer<AVFormatContext>? {
        FFmpegLog.clear()
        let demuxer = try unsafe demuxer()
        var context = unsafe avformat_alloc_context()
        guard unsafe context != nil else { throw .noMemoryForVideo }
        // Whoever closes the context keeps `patience` and `pipe` alive for longer.
        unsafe context!.pointee.interrupt_callback = AVIOInterruptCB(
            callback: { unsafe ReadPatience.at($0).isOver ? 1 : 0 },
            opaque: Unmanaged.passUnretained(patience).toOpaque()
        )
        if let pipe { unsafe context!.pointee.pb = pipe.context }
        if case .camera = location { unsafe context!.pointee.flags |= AVFMT_FLAG_NONBLOCK }
        let settings = LibrarySettings(settings)
        // On failure the call frees the context and clears it.
        let status = unsafe url.withCString {
            unsafe avformat_open_input(&context, $0, demuxer, &settings.dictionary)
        }
        guard status >= 0 else { throw failure(status) }
        return unsafe context
    }

    /// Reads as much as it takes to know the streams.
    func examine(_ context: UnsafeMutablePointer<AVFormatContext>) throws(PenstockError) {
        // Headers come first: an enormous frame is refused before any of it is decoded.
        unsafe try StreamChoice.checkSizes(in: context, limit: options.maxPixels)
        if Self.notVideo.contains(unsafe String(cString: context.pointee.iformat.pointee.name)) { throw .notAVideo }
        patience.restart()
        let count = Int(unsafe context.pointee.nb_streams)
        let each = (0..<count).map { _ in
            LibrarySettings([("max_pixels", "\(options.maxPixels)"), ("threads", "1")])
        }
        var dictionaries = unsafe each.map { unsafe $0.dictionary }
        // There is a dictionary for each stream; those left in them come back to their owners.
        let status = unsafe avformat_find_stream_info(context, &dictionaries)
        for index in each.indices { unsafe each[index].dictionary = dictionaries[index] }
        guard status >= 0 else { throw failure(status) }
        if patience.isStopped { throw .videoStopped }
        unsafe try StreamChoice.checkSizes(in: context, limit: options.maxPixels)
    }
}

extension VideoOpening {
    /// Demuxers that take any text for a drawing.
    private static let notVideo: Set = ["tty", "bin", "xbin", "adf", "idf"]

    private static func pipe(
        for location: VideoLocation,
        _ patience: ReadPatience
    ) throws(PenstockError) -> DescriptorInput? {
        switch location {
        case .rawStandardInput: return try DescriptorInput(standardInput: patience)
        case .file(let path):
            switch FileSystem.kind(path) {
            case .regular(bytes: 0): throw .emptyVideo
            case .directory: throw .folderForVideo
            case .other: return try DescriptorInput(path, patience)
            case .regular, nil: return nil
            }
        case .address(let address):
            let scheme = VideoLocation.scheme(of: address) ?? ""
            guard VideoLocation.schemes.contains(scheme) else { throw .unknownAddress(scheme) }
            return nil
        case .camera: return nil
        }
    }

    /// What FFmpeg is told to open.
    private var url: FilePath {
        switch location {
        // Without the prefix a name with a colon would pass for a protocol.
        case .file(let path): pipe == nil ? FilePath(bytes: Array("file:".utf8) + path.bytes) : ""
        case .address(let address): FilePath(address)
        case .camera(let path): path
        case .rawStandardInput: ""
        }
    }

    /// The demuxer, where content does not choose it.
    private func demuxer() throws(PenstockError) -> UnsafePointer<AVInputFormat>? {
        // Demuxers are constants of the library.
        switch location {
        case .camera:
            guard penstock_av_cameras_load(), let found = unsafe av_find_input_format("v4l2") else {
                throw .noCameraSupport
            }
            return unsafe found
        case .rawStandardInput: return unsafe av_find_input_format("rawvideo")
        default: return nil
        }
    }

    private var settings: [(name: String, value: String)] {
        // Enough to know the codec; the rest of the wait would only be spent on guessing a rate.
        let hurry = options.isLowDelay ? [("analyzeduration", "1000000"), ("fpsprobesize", "3")] : []
        switch location {
        case .file: return hurry + [("protocol_whitelist", "file,crypto,data")]
        case .address: return hurry + network
        case .camera: return hurry
        case .rawStandardInput(let raw):
            let rate = raw.frameRate.map { [("framerate", "\($0)")] } ?? []
            return [("video_size", "\(raw.size.width)x\(raw.size.height)"), ("pixel_format", raw.pixelFormat)] + rate
        }
    }

    private var network: [(name: String, value: String)] {
        [
            // No `file`: what a server sends must not make us read this machine's files.
            ("protocol_whitelist", "http,https,httpproxy,tcp,tls,udp,rtp,rtsp,rtmp,rtmps,srt,mmsh,mmst,crypto,data"),
            ("rtsp_transport", "tcp"),
            ("tls_verify", "1"),
            ("user_agent", "penstock"),
            ("overrun_nonfatal", "1"),
        ]
    }

    private func failure(_ status: Int32) -> PenstockError {
        if patience.isStopped { return .videoStopped }
        return patience.isOver ? .stalled(patience.timeout) : .openingVideo(status, location)
    }
}
