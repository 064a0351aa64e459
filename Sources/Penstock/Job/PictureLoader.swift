internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

/// What one loader thread keeps from picture to picture: its buffers, its decoder and its resampler.
final class PictureLoader {
    private let reader: InputReader
    private let decoder = PictureDecoder()
    private let sink: MeteredSink
    private let frames: FrameLoader
    private let options: DecodeOptions
    private let meters: StageMeters

    init(_ preprocessing: Preprocessing, options: ClassificationJob.Options, meters: StageMeters) {
        sink = MeteredSink(Resampler(preprocessing, allowsScaledDecoding: options.allowsFastDecode))
        frames = FrameLoader(preprocessing, convertsWhole: options.video.convertsWholeFrames)
        reader = InputReader(meters)
        self.options = DecodeOptions(maxPixels: options.maxPixels, allowTruncated: options.allowsTruncated)
        self.meters = meters
    }

    /// Reads, decodes, resizes and normalises a picture into its slot.
    func load(_ input: PictureInput, into slot: UnsafeMutableRawBufferPointer) throws(PenstockError) -> LoadedPicture {
        if case .frame(let frame) = input.location { return unsafe try load(frame, into: slot) }
        return unsafe try reader.withBytes(of: input) { (bytes, kept) throws(PenstockError) in
            // Both buffers are there for the length of the call.
            var loaded = try unsafe decode(bytes, into: slot)
            loaded.bytes = kept
            return loaded
        }
    }

    private func load(
        _ frame: VideoFrame,
        into slot: UnsafeMutableRawBufferPointer
    ) throws(PenstockError) -> LoadedPicture {
        let start = MonotonicTime.now
        defer { meters.add(.now - start, to: .preprocess) }
        // The slot is the caller's for the length of the call.
        unsafe try frames.load(frame, into: slot)
        return LoadedPicture(frame)
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
