internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

/// What decoding ahead does with its inputs: each becomes a picture on a loader's thread, and nothing is left to be run.
final class PictureStages: FlowStages {
    private let configuration: Pictures.Configuration
    private let folders: InputFolders
    private let meters: StageMeters

    init(_ configuration: Pictures.Configuration, _ folders: InputFolders, _ meters: StageMeters) {
        self.configuration = configuration
        self.folders = folders
        self.meters = meters
    }
}

extension PictureStages {
    func makeLoader() -> PixelLoader { PixelLoader(configuration, meters) }

    func load(
        _ item: PictureInput,
        into lease: Int,
        at position: Int,
        with loader: PixelLoader
    ) -> LoadOutcome<DecodedPicture, DecodedPicture> {
        .failed(DecodedPicture(item, named: folders.name(of: item.name), loader.load(item)))
    }

    func run(_ lease: Int, count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void) {
        whenDone(nil)
    }

    func value(
        of loaded: DecodedPicture,
        from lease: Int,
        at position: Int,
        failure: PenstockError?
    ) -> DecodedPicture { loaded }
}

/// A picture as the flow carries it.
struct DecodedPicture: FlowValue {
    let picture: Picture

    init(_ input: PictureInput, named name: FilePath, _ pixels: Result<PixelBuffer, PenstockError>) {
        picture = Picture(source: input.name, name: name, index: input.index, moment: input.moment, pixels: pixels)
    }

    init(_ failed: FailedInput, named name: FilePath) {
        picture = Picture(
            source: failed.source,
            name: name,
            index: failed.index,
            moment: failed.moment,
            pixels: .failure(failed.error)
        )
    }

    var ending: ItemEnding {
        if case .failure = picture.pixels { .failed } else { .done }
    }
}

/// What one thread keeps from picture to picture.
final class PixelLoader {
    private let reader: InputReader
    private let decoder = PictureDecoder()
    private let frames = WholeFrames()
    private let workshop = PixelWorkshop()
    private let options: DecodeOptions
    private let layout: PixelLayout?

    init(_ configuration: Pictures.Configuration, _ meters: StageMeters) {
        reader = InputReader(meters)
        layout = configuration.layout
        options = DecodeOptions(maxPixels: configuration.maxPixels, allowTruncated: configuration.allowsTruncated)
    }

    /// Decodes a picture into memory of its own, which goes to whoever takes it.
    func load(_ input: PictureInput) -> Result<PixelBuffer, PenstockError> {
        do throws(PenstockError) {
            let pixels = try decode(input)
            guard let layout, layout != pixels.layout else { return .success(pixels) }
            return .success(try LayoutConversion.convert(pixels, to: layout, with: workshop))
        } catch {
            return .failure(error)
        }
    }

    private func decode(_ input: PictureInput) throws(PenstockError) -> PixelBuffer {
        if case .pixels(let pixels) = input.location { return pixels }
        let canvas = PixelCanvas { [layout] natural in layout ?? natural }
        if case .frame(let frame) = input.location {
            try frames.deliver(frame, to: canvas)
        } else {
            _ = try unsafe reader.withBytes(of: input) { (bytes, _) throws(PenstockError) in
                // The reader lends the bytes for the length of the call.
                try unsafe decoder.decode(bytes, into: canvas, options: options)
            }
        }
        return canvas.pixels
    }
}
