internal import PenstockCore
internal import PenstockFlow
internal import PenstockVideo

/// The decoding of one loop's pictures; letting go of it ends the decoding.
final class PicturesAhead: Sendable {
    private let flow: Flow<PictureStages>
    private let inputs: JobInputs
    private let startFailure: PenstockError?

    init(_ pictures: Pictures) {
        let configuration = pictures.configuration
        let workers = max(1, configuration.workers ?? AvailableCores.current().count)
        let meters = StageMeters()
        inputs = JobInputs(timeout: configuration.timeout, frameLimit: workers + 2)
        flow = Flow(
            PictureStages(configuration, InputFolders(of: pictures.source), meters),
            leases: LeasePool(Array(0..<workers)),
            configuration: FlowConfiguration(
                workers: workers,
                batchCapacity: 1,
                window: max(1, configuration.ahead ?? 2 * workers),
                queueCapacity: FlowConfiguration.usualQueue
            ),
            meters: meters
        )
        let reading = inputs.reading(pictures.source, configuration.reading, meters: meters)
        let naming = InputFolders(of: pictures.source)
        do throws(PenstockError) {
            try flow.start { () throws(PenstockError) in DecodedInputs(try reading.inputs(), naming) }
            startFailure = nil
        } catch {
            startFailure = error
        }
    }

    deinit {
        stop()
    }

    /// The next picture; `nil` at the end.
    func next() async throws -> Picture? {
        if let startFailure { throw startFailure }
        try Task.checkCancellation()
        let next = await withTaskCancellationHandler {
            await flow.next()
        } onCancel: {
            stop()
        }
        try Task.checkCancellation()
        return next?.picture
    }

    private func stop() {
        flow.abandon()
        inputs.stop()
    }
}

/// Inputs as the decoding takes them: what has failed is a picture already.
private struct DecodedInputs: IteratorProtocol {
    private var inputs: RemainingInputs
    private let folders: InputFolders

    init(_ inputs: RemainingInputs, _ folders: InputFolders) {
        self.inputs = inputs
        self.folders = folders
    }

    mutating func next() -> SourceElement<PictureInput, DecodedPicture>? {
        switch inputs.next() {
        case .item(let input): .item(input)
        case .value(let failed): .value(DecodedPicture(failed, named: folders.name(of: failed.source)))
        case nil: nil
        }
    }
}

extension Pictures.Configuration {
    /// How a video is read and decoded.
    fileprivate var reading: VideoOptions {
        VideoOptions(video, timeout: timeout, maxPixels: maxPixels)
    }
}
