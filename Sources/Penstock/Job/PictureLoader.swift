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
        let resampler = Resampler(preprocessing)
        resampler.allowsScaledDecoding = options.allowsFastDecode
        sink = MeteredSink(resampler)
        reader = FileReader()
        self.options = DecodeOptions(maxPixels: options.maxPixels, allowTruncated: options.allowsTruncated)
        self.meters = meters
    }

    /// Reads, decodes, resizes and normalises a picture into its slot.
    func load(_ input: PictureInput, into slot: UnsafeMutableRawBufferPointer) throws(PenstockError) -> PictureInfo {
        switch input.location {
        case .memory(let bytes): return unsafe try decode(bytes, into: slot)
        case .remote(let picture): return unsafe try decode(try metered { () throws(PenstockError) in try picture.bytes() }, into: slot)
        case .address: preconditionFailure("an address is fetched by RemotePictures before a loader sees it")
        case .file: return unsafe try loadFile(input.name, into: slot)
        }
    }
}
