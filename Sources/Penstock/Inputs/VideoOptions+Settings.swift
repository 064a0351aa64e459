internal import PenstockFlow
internal import PenstockVideo

extension VideoOptions {
    /// How a job that has such settings reads and decodes a video.
    init(
        _ settings: VideoSettings,
        threads: Int = AvailableCores.current().count,
        timeout: Duration,
        maxPixels: Int
    ) {
        self.init()
        sampling = settings.sampling
        deinterlaces = settings.deinterlaces
        self.threads = threads
        self.timeout = timeout
        self.maxPixels = maxPixels
    }
}
