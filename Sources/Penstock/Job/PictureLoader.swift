internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

/// What one loader thread keeps from picture to picture: its buffers, its decoder and its resamplers.
final class PictureLoader {
    private let reader: InputReader
    private let decoder = PictureDecoder()
    private let preparations: [Preparation]
    private let sink: MeteredSink
    private let frames: [FrameLoader]
    private let options: DecodeOptions
    private let meters: StageMeters

    /// Makes a loader for models that want pictures prepared like this, each in its place.
    init(_ preprocessings: [Preprocessing], options: ClassificationJob.Options, meters: StageMeters) {
        preparations = Preparation.distinct(preprocessings)
        sink = MeteredSink(preparations, allowsScaledDecoding: options.allowsFastDecode)
        frames = preparations.map {
            FrameLoader($0.preprocessing, convertsWhole: options.video.convertsWholeFrames)
        }
        reader = InputReader(meters)
        self.options = DecodeOptions(maxPixels: options.maxPixels, allowTruncated: options.allowsTruncated)
        self.meters = meters
    }

    /// Reads and decodes a picture once, and resizes and normalises it into its slot for every model.
    func load(_ input: PictureInput, into place: some PicturePlace) throws(PenstockError) -> LoadedPicture {
        if case .frame(let frame) = input.location { return try load(frame, into: place) }
        return unsafe try reader.withBytes(of: input) { (bytes, kept) throws(PenstockError) in
            // The bytes are there for the length of the call.
            var loaded = try unsafe decode(bytes, into: place)
            loaded.bytes = kept
            return loaded
        }
    }

    private func load(_ frame: VideoFrame, into place: some PicturePlace) throws(PenstockError) -> LoadedPicture {
        let start = MonotonicTime.now
        defer { meters.add(.now - start, to: .preprocess) }
        for (preparation, loader) in zip(preparations, frames) {
            // The slots are the caller's for the length of the call.
            unsafe try preparation.fill(place) { (slot) throws(PenstockError) in
                unsafe try loader.load(frame, into: slot)
            }
        }
        return LoadedPicture(frame)
    }

    private func decode(
        _ bytes: UnsafeRawBufferPointer,
        into place: some PicturePlace
    ) throws(PenstockError) -> LoadedPicture {
        let start = MonotonicTime.now
        defer { noteDecoding(since: start) }
        // The bytes and the slots are the caller's for the length of the call.
        let info = try unsafe decoder.decode(bytes, into: sink, options: options)
        try sink.finish(into: place)
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
