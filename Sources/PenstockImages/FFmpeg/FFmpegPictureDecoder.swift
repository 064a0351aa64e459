import CFFmpeg
import PenstockCore

/// Decodes every still but JPEG through FFmpeg: by a codec directly where the content names one, else by a demuxer.
@safe final class FFmpegPictureDecoder {
    private let input = PicturePacket()
    private let scaled = ScaledRows()
    private let frame: UnsafeMutablePointer<AVFrame>

    init() {
        guard let frame = unsafe av_frame_alloc() else { fatalError("there is no memory for a frame") }
        unsafe self.frame = frame
    }

    deinit {
        // The frame came from `av_frame_alloc`, and nobody else has it.
        var frame: UnsafeMutablePointer<AVFrame>? = unsafe self.frame
        unsafe av_frame_free(&frame)
    }

    /// Decodes a picture of a format known by its content.
    func decode(
        _ data: UnsafeRawBufferPointer,
        as format: PictureFormat,
        to sink: any RowSink,
        through rows: UprightRows,
        _ options: DecodeOptions
    ) throws(PenstockError) -> PictureInfo {
        // The span does not outlive `data`.
        let bytes = unsafe data.assumingMemoryBound(to: UInt8.self).span
        let header = StillHeader(bytes, format)
        if let refusal = header.refusal { throw .unsupported(format, refusal) }
        try header.size?.check(format, limit: options.maxPixels)
        guard header.isWhole || options.allowTruncated else { throw .truncated(format, bytes: data.count) }
        if let damage = header.damage, !options.allowTruncated { throw .corrupt(format, damage) }
        guard let codec = format.codec(bytes) else {
            return try unsafe decodeUnknown(data, to: sink, through: rows, options, known: (format, header))
        }
        FFmpegLog.clear()
        var work = StillDecoding(format: format, header: header, options: options, byteCount: data.count)
        work.wish = header.natural.map { sink.layout(of: $0) }
        let packet = try unsafe input.fill(data, format, header, keepsAlpha: work.wish == .rgba)
        try unsafe work.decode(packet, by: codec, parameters: nil, into: frame)
        return try deliver(work, to: sink, through: rows)
    }

    /// Decodes a picture that only a demuxer can tell.
    func decodeUnknown(
        _ data: UnsafeRawBufferPointer,
        to sink: any RowSink,
        through rows: UprightRows,
        _ options: DecodeOptions,
        known: (format: PictureFormat, header: StillHeader)? = nil
    ) throws(PenstockError) -> PictureInfo {
        FFmpegLog.clear()
        let demuxed = try unsafe DemuxedPicture(data, known?.format)
        let work = StillDecoding(
            format: demuxed.format,
            header: known?.header ?? StillHeader(),
            options: options,
            byteCount: data.count
        )
        let packet =
            try unsafe demuxed.takesWholeFile
            ? input.fill(data, demuxed.format, work.header, keepsAlpha: false) : demuxed.read()
        try unsafe work.decode(packet, by: demuxed.codec, parameters: demuxed.parameters, into: frame)
        return try deliver(work, to: sink, through: rows)
    }

    /// Reads what a picture is; where the container does not say its size, this decodes it.
    func probe(_ data: UnsafeRawBufferPointer, as format: PictureFormat) throws(PenstockError) -> PictureInfo {
        // The span does not outlive `data`.
        let header = unsafe StillHeader(data.assumingMemoryBound(to: UInt8.self).span, format)
        if let refusal = header.refusal { throw .unsupported(format, refusal) }
        guard let size = header.size else {
            let options = DecodeOptions(allowTruncated: true)
            return try unsafe decode(data, as: format, to: NoPixels(), through: UprightRows(), options)
        }
        guard size.width > 0, size.height > 0 else { throw .noPixels(format, size) }
        var info = PictureInfo(
            size: header.orientation.upright(size),
            format: format,
            orientation: header.orientation
        )
        info.natural = header.natural ?? info.natural
        info.depth = header.depth ?? info.depth
        info.truncated = !header.isWhole
        info.details = header.details.isEmpty ? nil : header.details
        return info
    }

    /// Reads what a picture is that only a demuxer can tell.
    func probeUnknown(_ data: UnsafeRawBufferPointer) throws(PenstockError) -> PictureInfo {
        try unsafe decodeUnknown(data, to: NoPixels(), through: UprightRows(), DecodeOptions(allowTruncated: true))
    }
}

extension FFmpegPictureDecoder {
    private func deliver(
        _ work: StillDecoding,
        to sink: any RowSink,
        through rows: UprightRows
    ) throws(PenstockError) -> PictureInfo {
        // Unreferencing gives the frame's memory back, whatever happens before.
        defer { unsafe av_frame_unref(frame) }
        let conversion = unsafe FrameConversion(frame, of: work.format)
        let source = unsafe FrameRows(frame: frame, conversion: conversion)
        let natural = work.header.natural ?? conversion.natural
        let wish = work.wish ?? sink.layout(of: natural)
        let layout = conversion.gives(wish) ? wish : .rgb
        let canvas = FrameCanvas(rows: source, as: layout, work.header, work.format)
        try canvas.check(work.format, limit: work.options.maxPixels)
        if case .swscale = conversion {
            try deliverScaled(source.size, work, to: sink, through: rows)
        } else {
            try unsafe rows.deliver(canvas.size, work.header.orientation, as: layout, to: sink) {
                (destination, stride, first, count) throws(PenstockError) in
                // The rows' owner gives room for `count` rows `stride` bytes apart.
                for row in 0..<count { unsafe canvas.write(first + row, to: destination + row * stride) }
            }
        }
        var info = work.info(of: canvas.size)
        info.natural = natural
        // The frame is readable until it is unreferenced.
        info.depth = unsafe work.header.depth ?? frame.sampleDepth
        return info
    }

    private func deliverScaled(
        _ size: ImageSize,
        _ work: StillDecoding,
        to sink: any RowSink,
        through rows: UprightRows
    ) throws(PenstockError) {
        let whole = try unsafe scaled.convert(frame)
        try unsafe rows.deliver(size, work.header.orientation, to: sink) {
            (destination, stride, first, count) throws(PenstockError) in
            for row in 0..<count {
                // `whole` holds every row of the frame without gaps.
                let source = unsafe whole + (first + row) * size.width * 3
                unsafe (destination + row * stride).update(from: source, count: size.width * 3)
            }
        }
        scaled.trim()
    }
}

/// Takes nothing in: for learning what a picture is by decoding it.
private final class NoPixels: RowSink {
    func smallestUsefulSize(of source: ImageSize) -> ImageSize { source }
    func begin(_ size: ImageSize, _ layout: PixelLayout) throws(PenstockError) {}
    func take(_ pixels: UnsafeRawBufferPointer, stride: Int, first: Int, count: Int) {}
}

extension UnsafeMutablePointer<AVFrame> {
    /// The bits of a sample of the frame's first channel.
    fileprivate var sampleDepth: Int {
        // Descriptions of formats are constants of the library.
        let description = unsafe av_pix_fmt_desc_get(AVPixelFormat(rawValue: pointee.format))
        return unsafe description.map { unsafe Int($0.pointee.comp.0.depth) } ?? 8
    }
}
