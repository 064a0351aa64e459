internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages

/// What one loader thread keeps from picture to picture: its buffers, its decoder and its resampler.
final class PictureLoader {
    private let reader: FileReader
    private let decoder = PictureDecoder()
    private let sink: MeteredSink
    private let options: DecodeOptions
    private let meters: StageMeters

    init(_ preprocessing: Preprocessing, options: ClassificationJob.Options, meters: StageMeters) {
        sink = MeteredSink(Resampler(preprocessing, allowsScaledDecoding: options.allowsFastDecode))
        reader = FileReader()
        self.options = DecodeOptions(maxPixels: options.maxPixels, allowTruncated: options.allowsTruncated)
        self.meters = meters
    }

    /// Reads, decodes, resizes and normalises a picture into its slot.
    func load(_ input: PictureInput, into slot: UnsafeMutableRawBufferPointer) throws(PenstockError) -> PictureInfo {
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
            return unsafe try decode(try metered(.read) { () throws(PenstockError) in try picture.bytes() }, into: slot)
        case .address:
            preconditionFailure("an address is fetched by RemotePictures before a loader sees it")
        }
    }

    private func decode(_ bytes: [UInt8], into slot: UnsafeMutableRawBufferPointer) throws(PenstockError) -> PictureInfo
    {
        // The array outlives the call.
        let span = bytes.span
        return try unsafe span.withUnsafeBytes { (bytes) throws(PenstockError) in try unsafe decode(bytes, into: slot) }
    }

    private func decode(
        _ bytes: UnsafeRawBufferPointer,
        into slot: UnsafeMutableRawBufferPointer
    ) throws(PenstockError) -> PictureInfo {
        let start = MonotonicTime.now
        defer { noteDecoding(since: start) }
        // Both buffers are the caller's for the length of the call.
        let info = try unsafe decoder.decode(bytes, into: sink, options: options)
        unsafe sink.finish(into: slot)
        return info
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
