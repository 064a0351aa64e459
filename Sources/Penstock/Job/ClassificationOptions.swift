public import PenstockCore
internal import PenstockFlow
internal import PenstockImages
internal import PenstockVideo

extension ClassificationJob {
    /// What a job is to do, and within which bounds. The defaults suit a folder of photos.
    public struct Options: Sendable {
        /// How many classes a result holds at most.
        public var topCount: Int = 5
        /// Classes below this score are left out; `nil` leaves none out.
        public var minimumScore: Float?
        /// Threads that read, decode and prepare; `nil` takes one for each core.
        public var workers: Int?
        /// Items that may be under way between being begun and being taken; `nil` takes enough for a slow item not to
        /// hold the others up.
        public var window: Int?
        /// Whether results come in the order of the source, or as they are done.
        public var isOrdered: Bool = true
        /// How long a batch that is not full may wait for company; `nil` waits for the end of the source, so that
        /// timing never decides what runs together, but 20 ms where pictures arrive over time or still frames are skipped.
        public var maxWait: Duration?
        /// Pictures with more pixels than this are refused.
        public var maxPixels: Int = DecodeOptions.defaultMaxPixels
        /// Whether a file that is cut short is decoded as far as it goes.
        public var allowsTruncated: Bool = false
        /// Whether a JPEG may be decoded straight to a smaller size, which is faster and changes the pixels a little.
        public var allowsFastDecode: Bool = false
        /// What is done with videos.
        public var video = VideoSettings()
        /// How streams and cameras are taken as they come; `nil` reads them from end to end, one after the other.
        public var live: LiveSettings?
        /// A folder whose files are taken as they are completed there, until the job is stopped.
        public var watchedFolder: FilePath?
        /// How the scores of frames are smoothed; `nil` leaves them.
        public var smoothing: Smoothing?
        /// Who is told when each class is seen.
        public var events: EventWatch?
        /// Where results are drawn: a video's file, or a folder.
        public var annotation: FilePath?
        /// How long an address may take to answer, and a stream may be silent.
        public var timeout: Duration = .seconds(30)
        /// Results that an earlier run of the same job already holds; they are not made again.
        package var recorded: RecordedItems?

        /// Makes the default options.
        public init() {}
    }
}

extension ClassificationJob.Options {
    func workers(_ panel: Panel) -> Int {
        max(1, workers ?? panel.cores)
    }

    /// Whether results are drawn.
    var annotates: Bool { annotation != nil }

    /// Whether results depend on every class's score in the frames before.
    var looksOverTime: Bool { smoothing != nil || events != nil }

    /// Whether some inputs come at their own pace, beside each other.
    var isLive: Bool { live != nil || watchedFolder != nil }

    /// Whether anything arrives over time, so that nothing may wait for what comes later.
    func arrivesOverTime(_ source: PictureSource) -> Bool { isLive || !source.canBeCounted }

    /// How a video is read and decoded.
    func reading(_ panel: Panel) -> VideoOptions {
        VideoOptions(video, threads: panel.cores, timeout: timeout, maxPixels: maxPixels)
    }

    /// The most frames that may be decoded and not loaded yet: enough to keep every loader busy, and the next one ready.
    ///
    /// Frames that are drawn on stay until that is done, so the places in the batches come on top.
    func frameLimit(_ panel: Panel) -> Int {
        2 * workers(panel) + 4 + (annotates ? slots(panel) + Self.drawingQueue : 0)
    }

    /// Frames that may wait to be drawn on.
    static let drawingQueue = 8

    private func slots(_ panel: Panel) -> Int { panel.leases.count * panel.capacity }

    func flow(_ panel: Panel, over source: PictureSource) -> FlowConfiguration {
        let slots = slots(panel)
        // Frames that have their result already pile up behind one that waits for company, which they will not give it.
        let mayWait = !arrivesOverTime(source) && video.stillThreshold == nil
        return FlowConfiguration(
            workers: workers(panel),
            batchCapacity: panel.capacity,
            maxWait: maxWait ?? (mayWait ? nil : Self.usualWait),
            window: max(panel.capacity, window ?? usualWindow(slots)),
            isOrdered: isOrdered,
            // What is live waits where it can still be dropped, not behind that.
            queueCapacity: isLive ? 1 : FlowConfiguration.usualQueue
        )
    }

    /// How many items may be under way, unless it is said: enough for a slow one not to hold the others up.
    private func usualWindow(_ slots: Int) -> Int {
        // What is live and under way grows old; what waits in its lane can still give way to something younger.
        if isLive { return (slots + 1) / 2 }
        // Pictures that came from afar stay until they are drawn on, so fewer may wait.
        return max(annotates ? 0 : 256, 4 * slots)
    }

    /// How long what arrives over time waits for company, unless it is said.
    private static let usualWait = Duration.milliseconds(20)
}
