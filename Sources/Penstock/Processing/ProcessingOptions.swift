internal import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

extension ProcessingJob.Options {
    /// What is called before each file is written, with its path, on the thread that writes it.
    package typealias WriteHook = @Sendable (FilePath) throws(PenstockError) -> Void

    /// Threads that load.
    var workerCount: Int { max(1, workers ?? AvailableCores.current().count) }

    /// Files in memory: one for each worker, and those that wait for the disk.
    var slotCount: Int { workerCount + max(1, output.queue ?? workerCount + 4) }

    /// The most frames that may be decoded and not loaded yet, or not encoded yet.
    var frameLimit: Int { 2 * workerCount + 4 }

    /// - Parameter needsOrder: Whether frames go into videos, which need them in order.
    func flow(over source: PictureSource, needsOrder: Bool) -> FlowConfiguration {
        FlowConfiguration(
            workers: workerCount,
            batchCapacity: 1,
            window: max(1, window ?? max(Self.usualWindow, 4 * slotCount)),
            isOrdered: isOrdered || needsOrder,
            // Names take next to no memory; pixels wait where their number is bounded by what was asked for.
            queueCapacity: source.holdsPixels ? 1 : FlowConfiguration.usualQueue
        )
    }

    private static let usualWindow = 256

    /// How a video is read and decoded.
    var reading: VideoOptions {
        VideoOptions(video, timeout: timeout, maxPixels: maxPixels)
    }
}
