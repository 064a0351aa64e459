internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

/// What one loader thread keeps from picture to picture: its buffers, its decoder and its resampler.
final class PictureLoader {
    private let reader: FileReader
    private let decoder = PictureDecoder()
    private let sink: MeteredSink
    private let frames: FrameLoader
    private let options: DecodeOptions
    private let meters: StageMeters

    init(_ preprocessing: Preprocessing, options: ClassificationJob.Options, meters: StageMeters) {
        sink = MeteredSink(Resampler(preprocessing, allowsScaledDecoding: options.allowsFastDecode))
        frames = FrameLoader(preprocessing, convertsWhole: options.video.convertsWholeFrames)
        reader = FileReader()
        self.options = DecodeOptions(maxPixels: options.maxPixels, allowTruncated: options.allowsTruncated)
        self.meters = meters
    }

    /// Reads, decodes, resizes and normalises a picture into its slot.
    func load(_ input: PictureInput, into slot: UnsafeMutableRawBufferPointer) throws(PenstockError) -> LoadedPicture {
        switch input.location {
        case .file:
            // The reader's bytes stay put until its next read, which is after this.
            return unsafe try decode(
                try metered(.read) { () throws(PenstockError) in unsafe try reader.read(input.name) },
                into: slot
            )
        case .memory(let bytes):
            return unsafe try decode(bytes, into: slot)
        case .remote(let picture):
            let bytes = try metered(.read) { () throws(PenstockError) in try picture.bytes() }
            return unsafe try decode(bytes, into: slot)
        case .frame(let frame):
            // The slot is the caller's for the length of the call.
            try metered(.preprocess) { () throws(PenstockError) in unsafe try frames.load(frame, into: slot) }
            return LoadedPicture(frame)
        case .address, .video:
            preconditionFailure("addresses are fetched and videos taken apart before a loader sees them")
        }
    }

    private func decode(
        _ bytes: [UInt8],
        into slot: UnsafeMutableRawBufferPointer
    ) throws(PenstockError) -> LoadedPicture {
        // The array outlives the call.
        let span = bytes.span
        var loaded = try unsafe span.withUnsafeBytes { (bytes) throws(PenstockError) in
            try unsafe decode(bytes, into: slot)
        }
        loaded.bytes = bytes
        return loaded
    }

    private func decode(
        _ bytes: UnsafeRawBufferPointer,
        into slot: UnsafeMutableRawBufferPointer
    ) throws(PenstockError) -> LoadedPicture {
        let start = MonotonicTime.now
        defer { noteDecoding(since: start) }
        // Both buffers are the caller's for the length of the call.
        let info = try unsafe decoder.decode(bytes, into: sink, options: options)
        unsafe sink.finish(into: slot)
        return LoadedPicture(size: info.size, isTruncated: info.truncated)
    }

    /// Divides the time since `start` between the decoder and the resampler that it fed.
    private func noteDecoding(since start: MonotonicTime) {
        meters.add(.now - start - sink.time, to: .decode)
        meters.add(sink.time, to: .preprocess)
        sink.time = .zero
    }

    private func metered<Result>(
        _ stage: PenstockError.Stage,
        _ body: () throws(PenstockError) -> Result
    ) throws(PenstockError) -> Result {
        let start = MonotonicTime.now
        defer { meters.add(.now - start, to: stage) }
        return try body()
    }
}

/// What is known of a picture once it is loaded.
struct LoadedPicture {
    let size: ImageSize
    var isTruncated = false
    var isDamaged = false
    /// What was decoded, where it can be had only once.
    var bytes: [UInt8]?
    var frame: VideoFrame?
}

extension LoadedPicture {
    init(_ frame: VideoFrame) {
        self.init(size: frame.size, isDamaged: frame.isDamaged, frame: frame)
    }
}
