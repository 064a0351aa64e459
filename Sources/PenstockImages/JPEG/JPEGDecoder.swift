import CTurboJPEG
import PenstockCore

/// Decodes JPEG through libjpeg-turbo with its accurate transform and smooth chroma, the defaults that Pillow uses.
@safe final class JPEGDecoder {
    private let handle: OpaquePointer

    init() {
        guard let handle = unsafe penstock_jpeg_create() else { fatalError("there is no memory for a JPEG decoder") }
        unsafe self.handle = handle
    }

    deinit {
        // The handle came from `penstock_jpeg_create`, and nobody else has it.
        unsafe penstock_jpeg_destroy(handle)
    }

    /// Reads the header alone.
    func probe(_ data: UnsafeRawBufferPointer) throws(PenstockError) -> PictureInfo {
        // `data` outlives this call, and closing makes the library forget it.
        defer { unsafe penstock_jpeg_close(handle) }
        let header = try unsafe open(data, allowTruncated: true)
        var info = unsafe PictureInfo(header, data)
        info.details = header.details
        return info
    }

    /// Decodes a picture into the sink, at a fraction of its size where the sink needs no more.
    func decode(
        _ data: UnsafeRawBufferPointer,
        to sink: any RowSink,
        through rows: UprightRows,
        _ options: DecodeOptions
    ) throws(PenstockError) -> PictureInfo {
        // `data` outlives this call, and closing makes the library forget it.
        defer { unsafe penstock_jpeg_close(handle) }
        let header = try unsafe open(data, allowTruncated: options.allowTruncated)
        var info = unsafe PictureInfo(header, data)
        try info.size.check(.jpeg, limit: options.maxPixels)
        let layout = header.layout(for: sink)
        let stored = try unsafe start(info, useful: sink.smallestUsefulSize(of: info.size), layout, data)
        try unsafe rows.deliver(stored, info.orientation, as: layout, to: sink) {
            (destination, stride, _, count) throws(PenstockError) in
            // The rows' owner gives room for `count` rows `stride` bytes apart.
            try unsafe check(penstock_jpeg_read(handle, destination, stride, Int32(count)), data)
        }
        try unsafe check(penstock_jpeg_finish(handle), data)
        unsafe info.truncated = penstock_jpeg_ran_dry(handle)
        info.warning = warning
        return info
    }
}

extension JPEGDecoder {
    private func open(
        _ data: UnsafeRawBufferPointer,
        allowTruncated: Bool
    ) throws(PenstockError) -> penstock_jpeg_header {
        var header = penstock_jpeg_header()
        let bytes = unsafe data.assumingMemoryBound(to: UInt8.self)
        // The bytes stay readable until the caller closes; `header` is a local that the call fills in.
        try unsafe check(penstock_jpeg_open(handle, bytes.baseAddress, bytes.count, allowTruncated, &header), data)
        return header
    }

    /// Starts at the smallest fraction that gives both edges of the useful size, and returns the size stored at it.
    private func start(
        _ info: PictureInfo,
        useful: ImageSize,
        _ layout: PixelLayout,
        _ data: UnsafeRawBufferPointer
    ) throws(PenstockError) -> ImageSize {
        let stored = info.orientation.upright(info.size)
        let needed = info.orientation.upright(useful)
        let denominator = [8, 4, 2].first { stored.divided(by: $0).covers(needed) } ?? 1
        let scans = Self.scanLimit(stored.pixelCount)
        let status = unsafe penstock_jpeg_start(handle, Int32(denominator), layout == .gray, scans)
        try unsafe check(status, data)
        return stored.divided(by: denominator)
    }

    /// How many progressive scans a picture may have: real ones have about ten, and each costs a pass over all pixels.
    static func scanLimit(_ pixels: Int) -> Int32 {
        Int32(max(50, min(500, (1 << 33) / pixels)))
    }

    private var message: String {
        // The message is a NUL-terminated field of the decoder, which is alive.
        unsafe String(cString: penstock_jpeg_message(handle))
    }

    private var warning: String? {
        unsafe penstock_jpeg_warnings(handle) > 0 ? message : nil
    }

    private func check(_ status: penstock_jpeg_status, _ data: UnsafeRawBufferPointer) throws(PenstockError) {
        switch status {
        case PENSTOCK_JPEG_OK:
            return
        case PENSTOCK_JPEG_TRUNCATED:
            throw .truncated(.jpeg, bytes: data.count)
        case PENSTOCK_JPEG_UNSUPPORTED:
            throw .unsupported(.jpeg, message)
        case PENSTOCK_JPEG_TOO_MANY_SCANS:
            throw .tooManyScans
        case PENSTOCK_JPEG_NO_MEMORY:
            throw PenstockError(.tooLarge, at: .decode, "There is no memory to decode the JPEG. Lower --max-pixels.")
        default:
            // A header that ends early is not a corrupt one, though the library says that there is no picture.
            throw unsafe penstock_jpeg_ran_dry(handle) ? .hopeless(.jpeg, bytes: data.count) : .corrupt(.jpeg, message)
        }
    }
}

extension ImageSize {
    /// The size that libjpeg gives at 1/`denominator`: edges rounded up.
    fileprivate func divided(by denominator: Int) -> ImageSize {
        let denominator = Int32(denominator)
        return ImageSize(
            width: Int(penstock_jpeg_scaled(Int32(width), denominator)),
            height: Int(penstock_jpeg_scaled(Int32(height), denominator))
        )
    }

    /// Whether neither edge is shorter than the other size's.
    fileprivate func covers(_ other: ImageSize) -> Bool { width >= other.width && height >= other.height }
}

extension PictureInfo {
    /// What a JPEG's header and its EXIF block say.
    fileprivate init(_ header: penstock_jpeg_header, _ data: UnsafeRawBufferPointer) {
        // The span does not outlive `data`.
        let orientation = unsafe JPEGMarkers.orientation(data.assumingMemoryBound(to: UInt8.self).span)
        let stored = ImageSize(width: Int(header.width), height: Int(header.height))
        self.init(size: orientation.upright(stored), format: .jpeg, orientation: orientation)
        natural = header.components == 1 ? .gray : .rgb
    }
}

extension penstock_jpeg_header {
    /// Luma alone where the sink wants grey and the file has it; RGB else.
    fileprivate func layout(for sink: any RowSink) -> PixelLayout {
        sink.layout(of: components == 1 ? .gray : .rgb) == .gray && has_luma ? .gray : .rgb
    }

    /// The coding in a few words.
    fileprivate var details: String {
        let coding = (progressive ? "progressive" : "baseline") + (arithmetic ? ", arithmetic" : "")
        switch components {
        case 1: return "grey, \(coding)"
        case 3: return (luma_chroma ? "YCbCr \(sampling)" : "RGB") + ", \(coding)"
        case 4: return (luma_chroma ? "YCCK \(sampling)" : "CMYK") + ", \(coding)"
        default: return "\(components) components, \(coding)"
        }
    }

    /// The chroma subsampling in the usual notation.
    private var sampling: String {
        switch (horizontal_sampling, vertical_sampling) {
        case (1, 1): "4:4:4"
        case (2, 1): "4:2:2"
        case (2, 2): "4:2:0"
        case (1, 2): "4:4:0"
        case (4, 1): "4:1:1"
        case (4, 2): "4:1:0"
        default: "\(horizontal_sampling)×\(vertical_sampling)"
        }
    }
}
